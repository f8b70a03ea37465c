// Both legs to point at, by finger, mouse or keyboard. Draws what it is given; tells which region was pointed at.
// A list of options with arrow keys, so that a keyboard needs one stop for all of them.
const SVG = "http://www.w3.org/2000/svg"
const HEIGHT = 430
const BESIDE = 9 // two marks of one place stand side by side

function made(name, attributes, parent) {
  const node = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  parent.append(node)
  return node
}

function drawn(root, data) {
  const svg = made("svg", { role: "listbox", "aria-multiselectable": "true", height: HEIGHT }, root)
  const legs = made("g", { role: "presentation" }, svg)
  for (const path of data.outlines) made("path", { d: path, class: "leg", "aria-hidden": "true" }, legs)
  for (const part of data.parts) {
    const region = made("path", { d: part.path, class: "region", role: "option", tabindex: "-1" }, legs)
    region.dataset.place = `${part.muscle} ${part.side}`
    region.setAttribute("aria-label", part.name)
    made("title", {}, region).textContent = part.name
  }
  for (const { text } of data.titles) made("text", { class: "title" }, svg).textContent = text
  for (const mark of ["chosen", "sore"])
    for (let n = 0; n < data.parts.length; n++) made("text", { class: `mark ${mark}`, "aria-hidden": "true" }, svg)
  return svg
}

function laid(svg, data) {
  const [left, top, width, height] = data.box
  const across = (svg.clientWidth || 560) / width
  const up = HEIGHT / height
  const put = (node, x, y, beside = 0) => {
    node.setAttribute("x", (x - left) * across + beside)
    node.setAttribute("y", (top - y) * up)
  }
  svg.querySelector("g").setAttribute(
    "transform", `translate(${-left * across} ${top * up}) scale(${across} ${-up})`,
  )
  svg.querySelectorAll(".title").forEach((node, n) => put(node, data.titles[n].x, data.titles[n].y))
  for (const [mark, beside] of [["chosen", -BESIDE], ["sore", BESIDE]])
    svg.querySelectorAll(`.mark.${mark}`).forEach((node, n) => {
      const part = data.parts[n]
      put(node, part.x, part.y, part.chosen && part.sore ? beside : 0)
    })
}

function filled(svg, data) {
  svg.setAttribute("aria-label", data.label)
  svg.querySelectorAll(".region").forEach((node, n) => {
    const { chosen, sore, name } = data.parts[n]
    const said = [name, chosen && data.words.chosen, sore && data.words.sore].filter(Boolean).join(", ")
    node.classList.toggle("chosen", chosen)
    node.classList.toggle("sore", sore)
    node.setAttribute("aria-selected", String(chosen || sore))
    node.setAttribute("aria-label", said)
    node.querySelector("title").textContent = said
  })
  for (const [mark, sign] of [["chosen", "✓"], ["sore", "■"]])
    svg.querySelectorAll(`.mark.${mark}`).forEach((node, n) => (node.textContent = data.parts[n][mark] ? sign : ""))
}

function listening(svg, tell) {
  const regions = [...svg.querySelectorAll(".region")]
  regions[0].setAttribute("tabindex", "0")
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
  svg.addEventListener("click", ({ target }) => target.closest(".region") && tell(target.closest(".region")))
  svg.addEventListener("focusin", ({ target }) => {
    regions.forEach((region) => region.setAttribute("tabindex", region === target ? "0" : "-1"))
  })
  svg.addEventListener("keydown", (event) => {
    const here = regions.indexOf(event.target)
    if (here < 0) return
    if (event.key === "Enter" || event.key === " ") tell(regions[here])
    else if (event.key in step) regions.at((here + step[event.key]) % regions.length).focus()
    else return
    event.preventDefault()
  })
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".leg-picker")
  let svg = root.querySelector("svg")
  if (!svg) {
    svg = drawn(root, data)
    listening(svg, (region) => root.tell(region.dataset.place))
    new ResizeObserver(() => laid(svg, root.data)).observe(root)
  }
  root.data = data
  root.tell = (place) => setTriggerValue("pointed", place)
  filled(svg, data)
  laid(svg, data)
}
