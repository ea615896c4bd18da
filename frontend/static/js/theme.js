// Sets the colours before the page is painted, so it is loaded in the head and not deferred.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const choice = () => {
    try {
      return localStorage.getItem('leat-theme') || 'auto';
    } catch {
      return 'auto';
    }
  };
  const apply = () => {
    const chosen = choice();
    root.dataset.bsTheme = chosen === 'auto' ? (dark.matches ? 'dark' : 'light') : chosen;
    document.querySelectorAll('[data-theme-choice]').forEach((button) =>
      button.setAttribute('aria-pressed', String(button.dataset.themeChoice === chosen)));
    document.dispatchEvent(new Event('leat:theme'));
  };

  root.classList.add('js');
  apply();
  dark.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', apply);
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-theme-choice]');
    if (!button) return;
    try {
      localStorage.setItem('leat-theme', button.dataset.themeChoice);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    apply();
  });
})();
