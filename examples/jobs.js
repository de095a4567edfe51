// Lists the jobs of a metalake. Whatever a server sends is put on the page as text, never as HTML.
//
// The page may be given in its address what to show: ?metalake=NAME&template=NAME, and ?api=URL for another server.

const MEDIA_TYPE = 'application/vnd.gravitino.v1+json';
const ROWS_AT_A_TIME = 200;

const address = new URLSearchParams(location.search);
const api = (address.get('api') ?? defaultApi()).replace(/\/+$/, '');
const page = Object.fromEntries(
  [...document.querySelectorAll('[id]')].map((element) => [element.id, element]),
);

/** The template to show, exactly: an input field cannot hold every name, for example one with a line break. */
let template = address.get('template') ?? '';
/** The jobs of the last answer; the table shows the first of them. */
let jobs = [];
/** Ends the request that runs, so that a late answer never replaces a newer one. */
let running = new AbortController();

/** Served over HTTP, the page asks the server that it comes from; opened as a file, a server on this machine. */
function defaultApi() {
  return location.protocol === 'file:' ? 'http://localhost:8090/api' : '/api';
}

// Asking

async function load() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const wanted = { metalake: page.metalake.value, template };
  remember(wanted);
  showLoading(wanted);
  try {
    const found = await fetchJobs(wanted, signal);
    signal.throwIfAborted();
    showJobs(wanted, found);
  } catch (error) {
    if (!signal.aborted) {
      showError(wanted, error);
    }
  }
}

async function fetchJobs(wanted, signal) {
  const response = await ask(wanted, signal);
  const body = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw refusal(response, body);
  }
  if (!Array.isArray(body?.jobs)) {
    throw new Failure('Unexpected answer', 'The server answered, but not with a list of jobs.');
  }
  return body.jobs;
}

async function ask({ metalake, template }, signal) {
  // An empty filter is left out: a server may refuse an empty name.
  const filter = template === '' ? '' : `?jobTemplateName=${encodeURIComponent(template)}`;
  const url = `${api}/metalakes/${encodeURIComponent(metalake)}/jobs/runs${filter}`;
  try {
    return await fetch(url, { headers: { Accept: MEDIA_TYPE }, cache: 'no-store', signal });
  } catch {
    throw new Failure(
      'No answer',
      `Nothing could be read from ${api}. Either no server runs there, or it does not let pages of another origin read its answers.`,
    );
  }
}

/** What a server said no with: its ErrorModel, or the bare status where it sent none. */
function refusal({ status, statusText }, body) {
  if (typeof body?.type !== 'string') {
    return new Failure(`HTTP ${status} ${statusText}`, 'The server gave no further reason.');
  }
  return new Failure(body.type, body.message, `HTTP ${status}, code ${body.code}`);
}

class Failure extends Error {
  constructor(title, message, detail = '') {
    super(message);
    this.title = title;
    this.detail = detail;
  }
}

/** Keeps what is shown in the page's address, so that a reload or a shared link shows the same. */
function remember({ metalake, template }) {
  address.set('metalake', metalake);
  address.set('template', template);
  if (template === '') {
    address.delete('template');
  }
  history.replaceState(null, '', `?${address}`);
}

// Showing

function showLoading({ metalake }) {
  page.summary.replaceChildren('Loading the jobs of ', isolated(metalake), '…');
  page.list.setAttribute('aria-busy', 'true');
}

function showJobs({ metalake, template }, found) {
  jobs = found;
  page.error.hidden = true;
  page.caption.textContent = `Jobs of metalake ${metalake}`;
  page.summary.replaceChildren(...summary(metalake, template));
  page.counts.replaceChildren(...countByStatus().map(([status, count]) => item(badge(status), ` ${count}`)));
  page.list.removeAttribute('aria-busy');
  page.list.hidden = jobs.length === 0;
  page.rows.replaceChildren();
  showMore();
  if (template === '') {
    suggest(jobs.map((job) => job.jobTemplateName));
  }
}

function summary(metalake, template) {
  const number = jobs.length === 1 ? '1 job' : `${jobs.length.toLocaleString()} jobs`;
  const which = template === '' ? [] : [' of template ', isolated(template)];
  const when = `, at ${new Date().toLocaleTimeString()}`;
  return [jobs.length === 0 ? 'No jobs' : number, ...which, ' in ', isolated(metalake), when];
}

function countByStatus() {
  const counts = new Map();
  for (const { status } of jobs) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one);
}

/** A long list is shown in steps: a hundred thousand rows at once would hold up the browser. */
function showMore() {
  const shown = page.rows.childElementCount;
  page.rows.append(...jobs.slice(shown, shown + ROWS_AT_A_TIME).map(row));
  const left = jobs.length - page.rows.childElementCount;
  page.more.hidden = left === 0;
  page.more.textContent = `Show more (${left.toLocaleString()} left)`;
}

function showError(wanted, { title = 'The page failed', message, detail }) {
  showJobs(wanted, []);
  page.summary.textContent = '';
  page.error.hidden = false;
  page.error.replaceChildren(element('strong', title), element('p', message), element('small', detail));
}

function suggest(names) {
  const options = [...new Set(names)].sort().map((name) => Object.assign(element('option'), { value: name }));
  page.templates.replaceChildren(...options);
}

// Rows

function row({ jobId, jobTemplateName, status, audit }) {
  const cells = [
    element('code', jobId),
    badge(status),
    templateButton(jobTemplateName),
    isolated(audit?.creator || '–'),
    time(audit?.createTime),
    modification(audit),
  ];
  const line = element('tr');
  line.append(...cells.map((content, index) => cell(content, index === 0)));
  return line;
}

function cell(content, isHeader) {
  const made = element(isHeader ? 'th' : 'td');
  if (isHeader) {
    made.scope = 'row';
  }
  made.append(content);
  return made;
}

function templateButton(name) {
  const button = element('button', name);
  button.type = 'button';
  button.className = 'name';
  button.dir = 'auto';
  button.title = 'Show the jobs of this template only';
  button.addEventListener('click', () => {
    page.template.value = name;
    filterBy(name);
    page.template.focus();
  });
  return button;
}

function badge(status) {
  const made = element('span', status);
  made.className = 'badge';
  made.dataset.status = status;
  return made;
}

function modification(audit) {
  const made = document.createDocumentFragment();
  made.append(time(audit?.lastModifiedTime));
  if (audit?.lastModifier) {
    const by = element('small', 'by ');
    by.append(isolated(audit.lastModifier));
    made.append(by);
  }
  return made;
}

/** The time in the reader's own zone and language; as it was sent where it is no time. */
function time(text) {
  const when = new Date(text ?? Number.NaN);
  if (Number.isNaN(when.getTime())) {
    return element('span', text ?? '–');
  }
  const made = element('time', when.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' }));
  made.dateTime = text;
  made.title = text;
  return made;
}

/** A name whose direction of writing does not spread to the words around it. */
function isolated(name) {
  return element('bdi', name);
}

function item(...content) {
  const made = element('li');
  made.append(...content);
  return made;
}

function element(name, text = '') {
  return Object.assign(document.createElement(name), { textContent: text });
}

// Reacting

function filterBy(name) {
  template = name;
  void load();
}

function isSuggested(name) {
  return [...page.templates.options].some((option) => option.value === name);
}

page.query.addEventListener('submit', (event) => {
  event.preventDefault();
  void load();
});

// Free text is sent on Enter; a name from the list, or none, takes effect at once.
page.template.addEventListener('input', () => {
  template = page.template.value;
  if (template === '' || isSuggested(template)) {
    void load();
  }
});

// Another metalake has other templates.
page.metalake.addEventListener('input', () => {
  template = '';
  page.template.value = '';
  suggest([]);
});

page.more.addEventListener('click', showMore);

page.api.textContent = new URL(api, location.href).href;
page.metalake.value = address.get('metalake') ?? 'demo';
page.template.value = template;
void load();
