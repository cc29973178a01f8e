// SVG to PNG with the one embedded font, in WebAssembly: no native module, no system font, the same bytes everywhere.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { encodePng } from './palette.ts'

const { resolve } = createRequire(import.meta.url)
const inter = '@expo-google-fonts/inter'
const fontFiles = [`${inter}/400Regular/Inter_400Regular.ttf`, `${inter}/600SemiBold/Inter_600SemiBold.ttf`]

async function load(): Promise<readonly Uint8Array[]> {
  const wasm = readFile(resolve('@resvg/resvg-wasm/index_bg.wasm'))
  const [fonts] = await Promise.all([
    Promise.all(fontFiles.map((file) => readFile(resolve(file)))),
    initWasm(wasm),
  ])
  return fonts
}
let loaded: Promise<readonly Uint8Array[]> | undefined

/** Text is drawn in Inter, weights 400 and 600; anything else would silently not be drawn. */
export async function png(svg: string): Promise<Uint8Array> {
  loaded ??= load()
  const fontBuffers = [...(await loaded)]
  const picture = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: 'Inter' } })
  const image = picture.render()
  try {
    return encodePng(image.width, image.height, image.pixels)
  } finally {
    // What WebAssembly allocates, no garbage collector frees.
    image.free()
    picture.free()
  }
}
