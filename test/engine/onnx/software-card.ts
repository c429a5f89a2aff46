/** Chromium's WebGPU on the processor: the same shaders as on a graphics card, slowly. */
export const SOFTWARE_CARD = '/usr/lib/chromium/vk_swiftshader_icd.json';
