// Before the first paint: what somebody chose goes before what the system prefers.
const chosen = localStorage.getItem('datamaker-guide-theme');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
