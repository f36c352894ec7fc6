// Copies what stands in a field; without this the reader selects it there.
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  button.after(' ', said);
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    const copied = await navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    );
    said.textContent = copied ? 'Copied.' : 'Selected: copy with Ctrl and C.';
  });
}
