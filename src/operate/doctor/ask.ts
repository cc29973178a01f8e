// One question to a platform.
const patienceMs = 5_000

export type Asked = { readonly status: number; readonly headers: Headers; readonly body: unknown }

/** Undefined when nobody answered in time. */
export async function ask(method: string, url: string, authorization: string): Promise<Asked | undefined> {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await fetch(url, { method, headers: { authorization }, signal })
    const body: unknown = await answer.json().catch(() => undefined)
    return { status: answer.status, headers: answer.headers, body }
  } catch {
    return undefined
  }
}

export const under = (base: string, path: string) => `${base.replace(/\/$/, '')}/${path}`
