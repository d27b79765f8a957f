// Each photo chosen is shown beside the field that says what it shows; fields without a photo are put away.

const input = document.querySelector("[data-photos] input[name=photos]");
const box = document.querySelector("[data-photo-words]");
if (input && box) {
  const lines = [...box.querySelectorAll("[data-photo-line]")];
  const words = (line) => line.querySelector("input");
  let shown = []; // the photo of each line

  const show = () => {
    const files = [...input.files].slice(0, lines.length);
    const said = new Map(shown.map((file, place) => [identity(file), words(lines[place]).value]));
    lines.forEach((line, place) => {
      const file = files[place];
      // what was typed follows its photo, also when others are chosen around it
      if (shown.length) words(line).value = file ? said.get(identity(file)) || "" : "";
      line.hidden = !file;
      preview(line, file);
    });
    box.hidden = !files.length;
    shown = files;
  };
  input.addEventListener("change", show);
  // without photos yet, only a field with a fault stays in sight
  lines.forEach((line) => { line.hidden = !input.files.length && !words(line).value; });
  box.hidden = lines.every((line) => line.hidden);
  if (input.files.length) show();
}

function identity(file) {
  return `${file.name} ${file.size} ${file.lastModified}`;
}

function preview(line, file) {
  const former = line.querySelector("img");
  if (former) {
    URL.revokeObjectURL(former.src);
    former.remove();
  }
  if (!file) return;
  const picture = new Image();
  picture.alt = "";
  picture.onerror = () => picture.remove(); // a format this browser does not show: the words can be typed all the same
  picture.src = URL.createObjectURL(file);
  line.prepend(picture);
}
