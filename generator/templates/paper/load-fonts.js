// Fonts given to the document outlive document.open(), so one load serves every sheet of a page.
/** @param {{ family: string, weight: string, style: string, data: string }[]} faces */
async function _loadFonts(faces) {
  for (const { family, weight, style, data } of faces) {
    const face = new FontFace(family, `url(data:font/ttf;base64,${data})`, { weight, style });
    document.fonts.add(await face.load());
  }
}
