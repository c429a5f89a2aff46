import { rollDice } from './chance/roll-dice.ts';
import { flipCoin } from './chance/flip-coin.ts';
import type { Tool } from './tool.ts';

/** Every tool Sotto has, in the order in which the list shows them. */
export const allTools: readonly Tool[] = [rollDice, flipCoin];
