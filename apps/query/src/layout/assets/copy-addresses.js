// Copies what stands in a field; without this the reader selects it there.
const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed here, or not served securely.
    return false;
  }
};

for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  button.after(' ', said);
  button.hidden = false;
  const copy = async () => {
    field.select();
    said.textContent = (await copied(field.value)) ? 'Copied.' : 'Selected: copy with Ctrl and C.';
  };
  button.addEventListener('click', () => void copy());
}
