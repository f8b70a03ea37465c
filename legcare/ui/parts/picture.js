// Draws the panels it is given. They are read as XML, so nothing in them can run.
export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".picture")
  root.setAttribute("aria-label", data.label)
  root.replaceChildren()
  const reader = new DOMParser()
  for (const panel of data.panels)
    root.append(document.importNode(reader.parseFromString(panel, "image/svg+xml").documentElement, true))
}
