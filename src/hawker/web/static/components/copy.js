// Buttons with `data-copy` put the text of the field they name on the clipboard.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  // Without https the clipboard is closed to scripts: the marked text waits for the person's own copy.
  if (!navigator.clipboard) return;
  await navigator.clipboard.writeText(field.value);
  button.querySelector("span").textContent = button.dataset.copied;
});
