/**
 * Centre and spread of the 64 measures over 36 recordings of synthesised voices of women and men (Flite's slt, rms and
 * kal16, and nine of eSpeak NG's at three heights and speeds), in decibels, octaves and events a second. They only
 * bring the measures to one scale.
 */
const centre =
  '52.9 11.1 24.5 -14 0.414 -2.17 -12.7 -0.314 -4.17 0.175 -3.91 2.35 -1.47 -1.58 -0.818 -1.6 -1.88 -1.77 -1.22 -2.06 ' +
  '39.5 24.2 26.4 22.3 18.8 16.9 15.3 12 11.4 9.48 8.37 7.61 6.97 7.38 6.92 6.13 5.94 5.46 5.23 4.89 ' +
  '13.5 10.9 9.95 8.81 8.89 8.08 7.9 6.94 6.33 5.54 4.95 4.64 4.38 4.38 4.08 3.64 ' +
  '-0.168 -0.0473 0.0622 0.23 0.448 7.06 0.847 12.3';
const spread =
  '17.5 15.8 9.72 10.9 7.4 10.3 6.29 4.73 4.73 4.44 4.19 3.26 5.38 3.02 4.11 4.05 2.61 3.05 3.25 2.06 ' +
  '9.4 2.96 6.87 5.25 4.46 5.4 4.33 2.45 3.74 2.66 2.07 1.86 1.67 1.7 2.02 1.25 1.44 1.36 1.48 1.64 ' +
  '2.93 1.74 2.18 1.91 2.3 2.11 2.26 1.52 1.64 1.3 1.02 0.813 0.923 0.9 0.942 0.648 ' +
  '0.486 0.464 0.456 0.13 0.296 1.31 0.0355 1.69';

export const printCentre: readonly number[] = centre.split(' ').map(Number);
export const printSpread: readonly number[] = spread.split(' ').map(Number);
