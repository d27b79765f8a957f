// A photo made small before it is kept and sent; its position and its date go away with its size.

const LONGEST_SIDE = 1600;
const MOST_BYTES = 15 * 1024 * 1024;

export async function reduced(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.82); });
    if (blob) return blob;
  } catch { /* what this browser cannot read, the site judges */ }
  return file.size <= MOST_BYTES ? new Blob([await file.arrayBuffer()], { type: file.type }) : null;
}
