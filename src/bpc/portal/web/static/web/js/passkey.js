// allauth's key scripts only report to the console: say it on the page too.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-passkey-error]")) place.hidden = false;
});
