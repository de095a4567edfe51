// What the page does beyond showing itself: copying, folding, printing everything, opening what a link leads to.

const findings = [...document.querySelectorAll('details.finding')];

function openAll(open) {
  for (const finding of findings) {
    finding.open = open;
  }
}

function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
}

function showMark(finding) {
  for (const mark of finding.querySelectorAll('mark')) {
    const frame = mark.closest('pre');
    frame.scrollTop = mark.offsetTop - frame.offsetTop - frame.clientHeight / 3;
  }
}

async function copy(button) {
  const source = button.parentElement.querySelector('pre');
  getSelection().selectAllChildren(source);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    document.execCommand('copy');
  }
  getSelection().removeAllRanges();
  const words = button.textContent;
  button.textContent = 'Copied';
  document.querySelector('[role=status]').textContent = 'Copied the command line';
  setTimeout(() => {
    button.textContent = words;
  }, 2000);
}

for (const button of document.querySelectorAll('button')) {
  button.hidden = false;
}
document.addEventListener('click', ({ target }) => {
  if (target.matches('button.copy')) {
    void copy(target);
  } else if (target.matches('button[data-open]')) {
    openAll(target.dataset.open === 'true');
  }
});
for (const finding of findings) {
  showMark(finding);
  finding.addEventListener('toggle', () => showMark(finding));
}
let opened = [];
addEventListener('beforeprint', () => {
  opened = findings.filter(({ open }) => open);
  openAll(true);
});
addEventListener('afterprint', () => {
  openAll(false);
  for (const finding of opened) {
    finding.open = true;
  }
});
addEventListener('hashchange', openTarget);
openTarget();
