// Choosing the commune on a map laid over the form: the form stays as it is, and is told the commune at the end.
// Without this file a link leads to the map page.

const picker = document.querySelector("[data-picker]");
const box = document.querySelector("[data-commune-field]");
if (picker?.showModal && box) {
  const part = (name) => picker.querySelector(`[data-picker-${name}]`);
  const [body, failed, foot] = [part("body"), part("failed"), part("foot")];
  const opener = box.querySelector("[data-map-open]");
  const linkTo = (code) => body.querySelector(`.picker-list a[data-code="${CSS.escape(code)}"]`);
  const shapeOf = (code) => body.querySelector(`.picker-map path[data-code="${CSS.escape(code)}"]`);
  let asked = "";
  let turn = 0;

  opener.hidden = false;
  box.querySelector("[data-map-link]").hidden = true;

  const show = async (code) => {
    const mine = ++turn;
    asked = code;
    foot.hidden = failed.hidden = true;
    body.setAttribute("aria-busy", "true");
    const answer = await fetch(`${picker.dataset.url}?${new URLSearchParams({ dans: code })}`).catch(() => null);
    const step = answer?.ok ? await answer.text().catch(() => "") : "";
    if (mine !== turn) return; // closed, or another place was asked for meanwhile
    body.removeAttribute("aria-busy");
    failed.hidden = step !== "";
    if (!step) return;
    body.innerHTML = step;
    picker.scrollTop = 0;
    const chosen = body.querySelector("[aria-current][data-code]");
    if (chosen) point(chosen.dataset.code);
    body.querySelector("[data-picker-step]").focus({ preventScroll: true });
  };

  const mark = (name, ...ones) => {
    for (const former of body.querySelectorAll(`.${name}`)) former.classList.remove(name);
    for (const one of ones) one?.classList.add(name);
    // over its neighbours, so that its outline shows whole, and under the numbers
    const shape = ones.find((one) => one?.matches("path"));
    if (shape?.nextElementSibling?.matches("path")) shape.parentNode.insertBefore(shape, shape.parentNode.querySelector("text"));
  };

  // a finger is wider than a small commune: the map names what was touched, and the button confirms it
  const point = (code) => {
    mark("pointed", shapeOf(code));
    const link = linkTo(code);
    foot.hidden = !link?.dataset.commune;
    if (foot.hidden) return;
    part("name").textContent = link.dataset.commune;
    part("choose").dataset.code = code;
  };

  const choose = (code) => {
    picker.close();
    box.dispatchEvent(new CustomEvent("commune-chosen", { detail: code }));
  };

  const follow = (code) => (linkTo(code)?.dataset.commune ? choose(code) : show(code));

  opener.addEventListener("click", () => {
    picker.showModal();
    show(box.querySelector("[name=commune]:checked")?.value ?? "");
  });
  picker.addEventListener("close", () => {
    turn += 1;
    opener.focus();
  });
  picker.addEventListener("click", (event) => {
    if (event.target === picker || event.target.closest("[data-picker-close]")) return picker.close();
    if (event.target.closest("[data-picker-again]")) return show(asked);
    if (event.target.closest("[data-picker-choose]")) return choose(part("choose").dataset.code);
    const shape = event.target.closest(".picker-map [data-code]");
    if (shape) return linkTo(shape.dataset.code).dataset.commune ? point(shape.dataset.code) : show(shape.dataset.code);
    const link = event.target.closest("a[data-code]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link.dataset.code);
  });

  // the list and the map mirror each other
  const mirror = (name) => (event) => {
    if (event.pointerType === "touch") return; // a finger does not hover: it would leave its mark
    const code = event.target.closest("[data-code]")?.dataset.code;
    if (code) mark(name, shapeOf(code), linkTo(code));
    else mark(name);
  };
  // told apart: what scrolls under a mouse at rest must not hide where the keyboard is
  body.addEventListener("pointerover", mirror("near"));
  body.addEventListener("focusin", mirror("reached"));
}
