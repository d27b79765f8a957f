// A form that only carries what was signed on to another site: sent as soon as the page is there.
// Without this script, its button does the same.
document.querySelector("[data-submit-at-once]")?.submit();
