export type Leave = () => void

/** Lets one in at a time, in the order of asking. Whoever is in calls `leave`, once. */
export function turnstile(): () => Promise<Leave> {
  let last = Promise.resolve()
  return () => {
    const before = last
    let leave: Leave = () => {}
    last = new Promise((resolve) => (leave = resolve))
    return before.then(() => leave)
  }
}
