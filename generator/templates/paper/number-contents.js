// Writes page numbers into the contents and returns the ids that have none.
(numbers) => {
  const entries = [...document.querySelectorAll("[data-page-of]")];
  for (const entry of entries) entry.textContent = numbers[entry.dataset.pageOf] ?? "";
  return entries.map((entry) => entry.dataset.pageOf).filter((id) => !(id in numbers));
}
