import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Draws the tray's states and renders every icon as PNG: node resources/icons/make-icons.ts
 * Needs rsvg-convert (Debian: librsvg2-bin).
 *
 * The mark is a hairpin, the sign for getting quieter, and a point, the voice. Listening opens the point to a ring,
 * speaking adds waves, an error is a mark of exclamation. Template images (macOS) are black on transparent.
 */
const folder = import.meta.dirname;

const hairpin = 'M3 7 L17 16 L3 25';
const states: Readonly<Record<string, (accent: string) => string>> = {
  idle: (accent) => `<circle cx="25.2" cy="16" r="2.9" fill="${accent}"/>`,
  listening: (accent) =>
    `<circle cx="25.6" cy="16" r="4.4" fill="none" stroke="${accent}" stroke-width="2.8"/>`,
  speaking: (accent) =>
    `<g fill="none" stroke="${accent}" stroke-width="2.8" stroke-linecap="round"><path d="M22.5 11.5 A7 7 0 0 1 22.5 20.5"/><path d="M26.5 7.5 A13 13 0 0 1 26.5 24.5"/></g>`,
  error: (accent) =>
    `<path d="M26 8.5 V17" stroke="${accent}" stroke-width="3" stroke-linecap="round"/><circle cx="26" cy="22.8" r="2.1" fill="${accent}"/>`,
};

/** In the middle between light and dark, so that both kinds of panel show them. */
const ink = '#c4668c';
const accents: Readonly<Record<string, string>> = {
  idle: '#c4668c',
  listening: '#e0407f',
  speaking: '#e08a3c',
  error: '#e5483c',
};
/** File name endings by which Electron finds the picture for sharper screens, with pixels at a size of 16. */
const scales = [
  ['', 16],
  ['@2x', 32],
] as const;

function trayDrawing(state: string, ink: string, accent: string): string {
  const drawn = states[state]?.(accent) ?? '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="${hairpin}" fill="none" stroke="${ink}" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round"/>${drawn}</svg>`;
}

const work = mkdtempSync(join(tmpdir(), 'sotto-icons-'));

function render(svg: string, pixels: number, fileName: string): void {
  const source = join(work, 'drawing.svg');
  writeFileSync(source, svg);
  renderFile(source, pixels, fileName);
}

function renderFile(source: string, pixels: number, fileName: string): void {
  execFileSync('rsvg-convert', ['-w', String(pixels), '-h', String(pixels), '-o', join(folder, fileName), source]);
}

/** A Windows icon: a directory of PNG files. */
function writeIco(pixelSizes: readonly number[], fileName: string): void {
  const images = pixelSizes.map((pixels) => readFileSync(join(folder, `icon-${pixels}.png`)));
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach((image, index) => {
    const at = 6 + 16 * index;
    const pixels = pixelSizes[index] ?? 0;
    header.writeUInt8(pixels % 256, at);
    header.writeUInt8(pixels % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(image.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += image.length;
  });
  writeFileSync(join(folder, fileName), Buffer.concat([header, ...images]));
}

/** A macOS icon: PNG files, each under the four letters that stand for its size. */
function writeIcns(types: Readonly<Record<string, number>>, fileName: string): void {
  const entries = Object.entries(types).map(([type, pixels]) => {
    const image = readFileSync(join(folder, pixels === 1024 ? 'icon.png' : `icon-${pixels}.png`));
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(image.length + 8, 4);
    return Buffer.concat([head, image]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + entries.reduce((sum, entry) => sum + entry.length, 0), 4);
  writeFileSync(join(folder, fileName), Buffer.concat([head, ...entries]));
}

try {
  const app = join(folder, 'icon.svg');
  renderFile(app, 1024, 'icon.png');
  for (const pixels of [16, 32, 48, 64, 128, 256, 512]) renderFile(app, pixels, `icon-${pixels}.png`);
  writeIco([16, 32, 48, 256], 'icon.ico');
  writeIcns({ ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }, 'icon.icns');
  for (const state of Object.keys(states)) {
    for (const [scale, pixels] of scales) {
      render(trayDrawing(state, '#000', '#000'), pixels, `tray-${state}Template${scale}.png`);
      render(trayDrawing(state, ink, accents[state] ?? ink), pixels * 1.5, `tray-${state}${scale}.png`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
