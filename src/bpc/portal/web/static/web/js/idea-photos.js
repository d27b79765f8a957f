// Photos are reduced on the telephone before they leave it: a slow line sends 300 kB instead of 8 MB.
// What cannot be read here is sent as it is, and the server says what is wrong with it.

const LONGEST = 1600;
const WORTH_REDUCING = 700 * 1024;

const input = document.querySelector("[data-photos] input[name=photos]");
const form = input?.form;
if (form && "createImageBitmap" in window && "DataTransfer" in window) {
  let ready = false;
  form.addEventListener("submit", async (event) => {
    if (ready || ![...input.files].some(isHeavy)) return;
    event.preventDefault();
    const button = event.submitter;
    const files = new DataTransfer();
    for (const file of input.files) files.items.add(isHeavy(file) ? await reduced(file) : file);
    input.files = files.files;
    ready = true;
    form.requestSubmit(button);
  });
}

function isHeavy(file) {
  return file.size > WORTH_REDUCING && file.type.startsWith("image/") && file.type !== "image/gif";
}

async function reduced(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}
