// Charts of the tables below them: what is drawn is read from the table, so that both say the same. Numbers that are not
// shown in the table are gaps in the chart.

import "./vendor/chart-4.6.1.umd.min.js"; // puts Chart into the page (vendor/README.md)

const { Chart } = globalThis;
const dark = matchMedia("(prefers-color-scheme: dark)");
const charts = [];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const texts = (table, selector) => [...table.querySelectorAll(selector)].map((cell) => cell.textContent);

function numbersOf(table, column) {
  return [...table.tBodies[0].rows].map(({ cells }) => {
    const { value } = cells[column].dataset;
    return value === "" ? null : Number(value);
  });
}

function dataOf(table, kind) {
  const [, ...columns] = texts(table, "thead th");
  const datasets = columns.map((label, index) => {
    const ink = colour(`chart-${index + 1}`);
    const look = kind === "line" ? { pointRadius: 0, pointHitRadius: 8, borderWidth: 2 } : { borderWidth: 0 };
    return { label, data: numbersOf(table, index + 1), backgroundColor: ink, borderColor: ink, ...look };
  });
  return { labels: texts(table, "tbody th"), datasets };
}

function draw(canvas) {
  const kind = canvas.dataset.chart;
  const sideways = kind === "stacked";
  const table = document.getElementById(canvas.dataset.table);
  const data = dataOf(table, kind);
  const ticks = { color: colour("ink") };
  const grid = { color: colour("line") };
  const amounts = { beginAtZero: true, stacked: sideways, ticks: { ...ticks, precision: 0 }, grid };
  const names = { stacked: sideways, ticks: { ...ticks, autoSkip: !sideways }, grid: { display: false } };
  if (sideways) canvas.parentElement.classList.add(data.labels.length > 8 ? "tall" : "middling");
  charts.push(
    new Chart(canvas, {
      type: kind === "line" ? "line" : "bar",
      data,
      options: {
        animation: false,
        maintainAspectRatio: false,
        indexAxis: sideways ? "y" : "x",
        scales: sideways ? { x: amounts, y: names } : { x: names, y: amounts },
        plugins: { legend: { display: data.datasets.length > 1, labels: { color: colour("ink"), boxWidth: 14 } } },
      },
    }),
  );
}

function drawAll() {
  while (charts.length) charts.pop().destroy();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) draw(canvas);
  document.documentElement.dataset.charts = "drawn";
}

dark.addEventListener("change", drawAll);
drawAll();
