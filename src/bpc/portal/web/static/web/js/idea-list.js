// Only the filters that are on go into the address, so that it can be shared.
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const name of Object.keys(detail.parameters)) {
    if (detail.parameters[name] === "") delete detail.parameters[name];
  }
});

// The address changes without a new page: the links to the other languages follow.
document.body.addEventListener("htmx:pushedIntoHistory", () => {
  for (const link of document.querySelectorAll("a[hreflang]")) link.search = location.search;
});
