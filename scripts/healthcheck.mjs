// For containers: 0 where the product is ready, 1 otherwise.
const { PORT = "3000" } = process.env;
const ready = await fetch(`http://127.0.0.1:${PORT}/progress.json`)
  .then((response) => response.json())
  .then((progress) => progress.ready === true)
  .catch(() => false);
process.exit(ready ? 0 : 1);
