// The commune of the deposit form: choices while typing, or from the position of the telephone.

const box = document.querySelector("[data-commune-field]");
if (box) {
  const name = box.querySelector("[name=commune_name]");
  const choices = box.querySelector("#commune-choices");
  let timer;
  let last = 0;

  const ask = async (query) => {
    const turn = ++last;
    const answer = await fetch(`${box.dataset.url}?${new URLSearchParams(query)}`, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || turn !== last) return answer?.ok; // the server will ask again when the form is sent
    choices.innerHTML = await answer.text();
    take(choices.querySelector("[name=commune]:checked"));
    return true;
  };
  const take = (radio) => {
    if (!radio) return;
    name.value = radio.dataset.name;
    const asked = choices.querySelector("[name=commune_for]");
    if (asked) asked.value = radio.dataset.name;
  };
  const search = () => {
    if (name.value.trim().length > 1) ask({ commune_name: name.value });
    else choices.replaceChildren();
  };

  name.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 250); });
  choices.addEventListener("change", (event) => take(event.target));
  box.closest("form").addEventListener("draft-restored", ({ detail }) => {
    if (choices.querySelector("[name=commune]:checked")) return;
    if (detail.commune) ask({ commune: detail.commune });
    else search();
  });

  const locate = box.querySelector("[data-locate]");
  const status = box.querySelector("[data-locate-status]");
  box.addEventListener("commune-chosen", async ({ detail }) => {
    clearTimeout(timer); // what was being typed gives way
    status.textContent = (await ask({ commune: detail })) ? "" : status.dataset.failed;
    choices.querySelector("[name=commune]:checked")?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  if (locate && "geolocation" in navigator) {
    locate.hidden = false;
    locate.addEventListener("click", () => {
      status.textContent = status.dataset.searching;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        status.textContent = "";
        const lat = coords.latitude.toFixed(5);
        const lon = coords.longitude.toFixed(5);
        box.querySelector("[name=lat]").value = lat;
        box.querySelector("[name=lon]").value = lon;
        ask({ lat, lon });
      }, () => { status.textContent = status.dataset.refused; }, { timeout: 15000, maximumAge: 60000 });
    });
  }
}
