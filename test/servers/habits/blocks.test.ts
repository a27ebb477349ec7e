import { changesBlocks, dropsBlocks, swapsBlocks } from '../../../sandbox/habits/blocks';
import { withHabits } from './scripted';

withHabits(
	[
		['loses every seventh block', () => ({ habits: [dropsBlocks(7)] })],
		['loses every hundredth block', () => ({ habits: [dropsBlocks(100)] })],
		['changes every twentieth block', () => ({ habits: [changesBlocks(20)] })],
		['swaps blocks of two files', () => ({ habits: [swapsBlocks(5)] })],
	],
	false,
);
