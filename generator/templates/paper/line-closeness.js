// How close a sheet stands: 0 as usual, 1 with lines closer, 2 also with its sources behind its questions and flows
// a little smaller, 3 also with short paragraphs and tables that go on over an end of page.
/** @param {number} closeness */
function _closer(closeness) {
  document.documentElement.classList.toggle("close", closeness > 0);
  document.documentElement.classList.toggle("closest", closeness > 1);
  document.documentElement.classList.toggle("divided", closeness > 2);
  const sources = document.querySelector(".sources");
  const questions = document.querySelector(".self-check");
  if (!sources || !questions) return;
  if (closeness > 1) questions.after(sources);
  else questions.before(sources);
}
