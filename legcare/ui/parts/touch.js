// The chart library takes a tap for the point it last hovered over, which on a touch screen is that of the tap before.
// Fingers are therefore hidden from a chart that is tapped: the browser then sends the tap on as a mouse would do it,
// moving there first, and a finger that slides scrolls the page instead of being held by the chart.
function hidden(event) {
  if (event.target instanceof Element && event.target.closest('[class*="st-key-tapped-"]')) event.stopPropagation()
}

export default function () {
  if (document.legcareHidesTouch) return
  document.legcareHidesTouch = true
  for (const kind of ["touchstart", "touchmove", "touchend"])
    document.addEventListener(kind, hidden, { capture: true, passive: true })
}
