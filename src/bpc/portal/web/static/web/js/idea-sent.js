// The idea has arrived: its draft leaves the device.

try {
  localStorage.removeItem("bpc:idea:new");
} catch { /* nothing was kept */ }

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
