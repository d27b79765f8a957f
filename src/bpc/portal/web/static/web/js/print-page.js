// A button that prints the page, shown only where a script can do it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const fold of document.querySelectorAll("main details")) fold.open = true;
    window.print();
  });
}
