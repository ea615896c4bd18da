// What the pages need beyond htmx. Everything here is a comfort: the pages work without it.
(() => {
  // The page's language, in the reader's own flavour of it.
  const lang = document.documentElement.lang || 'en';
  const locale = navigator.languages.find((l) => l.toLowerCase().startsWith(lang.toLowerCase())) ?? lang;

  // Live: one stream per tab, closed while nobody looks at it (a browser allows few connections per host).
  const HIDDEN_FOR = 10_000;

  class VisibleSource {
    constructor(url) {
      this.url = url;
      this.listeners = [];
      this.readyState = EventSource.CONNECTING;
      this.onVisibility = () => {
        clearTimeout(this.sleep);
        if (document.hidden) this.sleep = setTimeout(() => this.native?.close(), HIDDEN_FOR);
        else if (this.native?.readyState === EventSource.CLOSED) this.connect();
      };
      document.addEventListener('visibilitychange', this.onVisibility);
      this.connect();
    }

    connect() {
      clearTimeout(this.retry);
      this.native?.close();
      const native = new EventSource(this.url);
      this.native = native;
      this.listeners.forEach(([type, listener]) => native.addEventListener(type, listener));
      native.onopen = (event) => {
        showLive('on');
        this.onopen?.(event);
      };
      native.onerror = () => {
        showLive('off');
        // The browser tries again by itself unless the answer was an error; then we do.
        if (native.readyState === EventSource.CLOSED) this.retry = setTimeout(() => this.connect(), 5_000);
      };
    }

    addEventListener(type, listener) {
      this.listeners.push([type, listener]);
      this.native.addEventListener(type, listener);
    }

    removeEventListener(type, listener) {
      this.listeners = this.listeners.filter(([t, l]) => t !== type || l !== listener);
      this.native.removeEventListener(type, listener);
    }

    close() {
      clearTimeout(this.retry);
      clearTimeout(this.sleep);
      document.removeEventListener('visibilitychange', this.onVisibility);
      this.native.close();
    }
  }

  function showLive(state) {
    document.querySelectorAll('.live').forEach((live) => {
      live.dataset.live = state;
      live.querySelector('.live-text').textContent = live.dataset[state];
    });
  }

  if (window.htmx) {
    htmx.createEventSource = (url) => new VisibleSource(url);
  }

  // Swapping: what the browser keeps (sparklines, dialogs, times already written) stays as it is.
  if (window.Idiomorph) {
    Idiomorph.defaults.callbacks.beforeNodeMorphed = (old, fresh) => {
      if (old.nodeType !== Node.ELEMENT_NODE || fresh.nodeType !== Node.ELEMENT_NODE) return true;
      if ('keep' in old.dataset && old.id === fresh.id) return false;
      if ('keepOpen' in old.dataset && old.id === fresh.id) fresh.open = old.open;
      if (old.localName === 'time' && old.dateTime === fresh.dateTime) return false;
      return true;
    };
  }

  // Times, in the reader's zone.
  const clock = new Intl.DateTimeFormat(locale, {dateStyle: 'short', timeStyle: 'medium'});
  const time = new Intl.DateTimeFormat(locale, {timeStyle: 'medium'});
  const day = new Intl.DateTimeFormat(locale, {dateStyle: 'medium'});
  const full = new Intl.DateTimeFormat(locale, {dateStyle: 'full', timeStyle: 'long'});
  const relative = new Intl.RelativeTimeFormat(locale, {numeric: 'auto', style: 'long'});

  function distance(at) {
    const seconds = Math.round((at - Date.now()) / 1000);
    const size = Math.abs(seconds);
    if (size < 120) return relative.format(seconds, 'second');
    if (size < 7_200) return relative.format(Math.round(seconds / 60), 'minute');
    if (size < 172_800) return relative.format(Math.round(seconds / 3_600), 'hour');
    return relative.format(Math.round(seconds / 86_400), 'day');
  }

  function written(at, how) {
    if (how === 'ago') return distance(at);
    if (how === 'until') return distance(Math.max(at, Date.now()));
    if (how === 'short') return day.format(at);
    return at.toDateString() === new Date().toDateString() ? time.format(at) : clock.format(at);
  }

  function writeTimes() {
    document.querySelectorAll('time[data-time]').forEach((element) => {
      const at = new Date(element.dateTime);
      const text = written(at, element.dataset.time);
      if (element.textContent !== text) element.textContent = text;
      if (!element.title) element.title = full.format(at);
    });
  }

  // Sparklines: the last two minutes, sampled once a second from the figures on the page.
  const POINTS = 120;
  const charts = new Map();
  const page = document.querySelector('[data-task]');
  const memory = page && 'leat-series-' + page.dataset.task;
  const series = remembered();

  function remembered() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(memory) || 'null');
      return kept && Date.now() - kept.at < 60_000 ? kept.series : {};
    } catch {
      return {};
    }
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function chart(spark) {
    const options = {
      width: spark.clientWidth,
      height: spark.clientHeight,
      legend: {show: false},
      cursor: {show: false},
      padding: [2, 0, 2, 0],
      axes: [{show: false}, {show: false}],
      scales: {x: {time: false, range: [0, POINTS - 1]}, y: {range: (_, low, high) => [Math.min(0, low ?? 0), (high || 1) * 1.05]}},
      series: [{}, {
        stroke: () => colour('--leat-accent'),
        fill: () => colour('--leat-accent-wash'),
        width: 1.5,
        points: {show: false},
      }],
    };
    return new uPlot(options, [[], []], spark);
  }

  function sample() {
    if (document.hidden) return;
    document.querySelectorAll('.tile[data-series]').forEach((tile) => {
      const key = tile.dataset.series;
      const points = (series[key] ??= []);
      const value = tile.dataset.value;
      points.push(value === undefined || value === '' ? null : Number(value));
      if (points.length > POINTS) points.splice(0, points.length - POINTS);
      draw(key, tile.querySelector('.spark'), points);
    });
  }

  function draw(key, spark, points) {
    if (!window.uPlot || !spark) return;
    let plot = charts.get(key);
    if (!plot || plot.root.parentNode !== spark) {
      plot = chart(spark);
      charts.set(key, plot);
    }
    if (plot.width !== spark.clientWidth) plot.setSize({width: spark.clientWidth, height: spark.clientHeight});
    const first = POINTS - points.length;
    plot.setData([points.map((_, i) => first + i), points]);
  }

  // Charts over a range of time, from the samples that the service keeps.
  const BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const number = (value, digits) => new Intl.NumberFormat(locale, {maximumFractionDigits: digits}).format(value);

  function scaled(value) {
    let step = 0;
    for (; value >= 999.5 && step < BYTES.length - 1; step++) value /= 1000;
    return number(value, value < 100 ? 1 : 0) + ' ' + BYTES[step];
  }

  const units = {
    delay: (s) => (s < 1 ? number(s * 1000, 0) + ' ms' : s < 100 ? number(s, 1) + ' s' : s < 5_400 ? number(s / 60, 1) + ' min' : number(s / 3_600, 1) + ' h'),
    rows: (n) => number(n, n < 10 ? 1 : 0),
    bytes: (n) => scaled(n) + '/s',
    wal: scaled,
  };
  const over = new Map();
  let minutes = 15;

  function plot(figure, data) {
    const name = figure.dataset.series;
    const place = figure.querySelector('.plot');
    const known = data[name].filter((v) => v !== null);
    const unit = units[name];
    const panel = document.getElementById('charts');
    figure.querySelector('.chart-now').textContent = known.length === 0 ? panel.dataset.none
      : panel.dataset.now + ' ' + unit(known.at(-1)) + ' · ' + panel.dataset.most + ' ' + unit(Math.max(...known));
    place.setAttribute('aria-label', figure.dataset.label + ': ' + figure.querySelector('.chart-now').textContent);
    let chart = over.get(name);
    if (!chart || chart.root.parentNode !== place) {
      chart = new uPlot(chartOptions(place, unit), [[], []], place);
      over.set(name, chart);
    }
    if (chart.width !== place.clientWidth) chart.setSize({width: place.clientWidth, height: place.clientHeight});
    chart.setData([data.at, data[name]], false);
    chart.batch(() => {
      chart.setScale('x', {min: data.from, max: data.to});
      chart.setScale('y', {min: 0, max: Math.max(...known, 0) * 1.08 || 1});
    });
  }

  function chartOptions(place, unit) {
    const axis = {
      stroke: () => colour('--leat-muted'),
      grid: {stroke: () => colour('--leat-line'), width: 1},
      ticks: {show: false},
      font: '12px ' + getComputedStyle(document.body).fontFamily,
    };
    return {
      width: place.clientWidth,
      height: place.clientHeight,
      legend: {show: false},
      cursor: {y: false, points: {size: 7}, drag: {x: false, y: false}},
      padding: [8, 8, 0, 0],
      axes: [
        {...axis, size: 30, space: 70, values: (_, splits, __, ___, step) => splits.map((at) => moment(at, step))},
        {...axis, size: 72, space: 32, values: (_, splits) => splits.map(unit)},
      ],
      scales: {x: {time: true, auto: false}, y: {auto: false}},
      series: [{}, {
        stroke: () => colour('--leat-accent'),
        fill: () => colour('--leat-accent-wash'),
        width: 1.5,
        points: {show: false},
      }],
    };
  }

  const hour = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit'});
  const date = new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'short'});
  const moment = (seconds, step) => (step >= 86_400 ? date : hour).format(new Date(seconds * 1000));

  async function drawOver() {
    const panel = document.getElementById('charts');
    if (!panel || !window.uPlot || document.hidden) return;
    const answer = await fetch(panel.dataset.charts + '?minutes=' + minutes, {headers: {'HX-Request': 'true'}});
    if (!answer.ok || !(answer.headers.get('Content-Type') || '').includes('json')) return;
    const data = await answer.json();
    panel.querySelectorAll('.chart').forEach((figure) => plot(figure, data));
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-minutes]');
    if (!button) return;
    minutes = Number(button.dataset.minutes);
    button.parentNode.querySelectorAll('button').forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
    drawOver();
  });
  drawOver();
  setInterval(drawOver, 10_000);
  addEventListener('resize', drawOver);
  document.addEventListener('leat:theme', () => over.forEach((chart) => chart.redraw()));

  document.addEventListener('leat:theme', () => charts.forEach((plot) => plot.redraw()));
  addEventListener('pagehide', () => {
    if (!memory) return;
    try {
      sessionStorage.setItem(memory, JSON.stringify({at: Date.now(), series}));
    } catch {
      // Without storage the lines begin anew.
    }
  });

  // htmx: buttons that stand outside their form, and a session that has ended.
  document.addEventListener('htmx:configRequest', ({detail}) => {
    const button = detail.triggeringEvent?.submitter;
    if (button?.hasAttribute('formaction') && button.form === detail.elt) detail.path = button.getAttribute('formaction');
    if (button?.name && button.form === detail.elt) detail.parameters[button.name] = button.value;
  });
  // A second click waits for the answer to the first: it is void when that has led to another step.
  document.addEventListener('htmx:configRequest', (event) => {
    const {elt, path} = event.detail;
    if (elt.id === 'step' && new URL(path, location.href).pathname !== new URL(elt.action).pathname) event.preventDefault();
  });
  document.addEventListener('htmx:beforeSwap', (event) => {
    const path = new URL(event.detail.xhr.responseURL || location.href).pathname;
    if (path.endsWith('/login') || event.detail.xhr.status === 403) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener('htmx:afterSwap', writeTimes);
  // From a new task to its draft: the way back leads to the draft too, not to an empty form.
  document.addEventListener('htmx:beforeHistoryUpdate', ({detail}) => {
    const draft = /^.*\/tasks\/[^/]+\/edit\//.exec(detail.history?.path ?? '');
    if (draft && location.pathname.endsWith('/tasks/new')) history.replaceState({htmx: true}, '', draft[0] + 'ends');
  });

  // After a form was sent: to what is wrong with it, or to the top of the next page.
  let shown = location.pathname;
  document.addEventListener('htmx:afterSettle', ({detail}) => {
    const wrong = detail.target?.id === 'main' && document.querySelector('[data-focus]');
    if (wrong) {
      wrong.focus();
      wrong.scrollIntoView({block: 'nearest'});
    } else if (location.pathname !== shown) {
      scrollTo(0, 0);
      document.getElementById('main')?.focus({preventScroll: true});
    }
    shown = location.pathname;
  });
  document.querySelector('[data-focus]')?.focus();

  // Forms, dialogs, copying.
  document.addEventListener('change', (event) => {
    const all = event.target.dataset?.tickAll;
    if (all) document.querySelectorAll(`[name="${all}"]`).forEach((box) => (box.checked = event.target.checked));
    const submit = event.target.matches('[data-submit]') && event.target;
    if (submit) submit.form.requestSubmit(submit.form.querySelector(`[name="do"][value="${submit.dataset.submit}"]`));
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('[data-no-enter]')) event.preventDefault();
  });
  document.addEventListener('submit', (event) => {
    if (event.target.matches('[data-live-filter]')) event.preventDefault();
  });
  document.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-dialog]');
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    const closer = event.target.closest('dialog [data-close]');
    if (closer) {
      event.preventDefault();
      closer.closest('dialog').close();
    }
    if (event.target.localName === 'dialog') event.target.close();
    const copier = event.target.closest('[data-copy]');
    if (copier) copy(copier);
  });

  async function copy(button) {
    const label = button.querySelector('span');
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
      return;
    }
    label.textContent = button.dataset.copied;
    setTimeout(() => (label.textContent = before), 2_000);
  }

  writeTimes();
  sample();
  setInterval(() => {
    writeTimes();
    sample();
  }, 1_000);
})();
