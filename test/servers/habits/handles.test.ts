import {
	handsOutOpenHandles,
	inOrderOnly,
	refusesReopenedWrites,
	reopeningEmpties,
} from '../../../sandbox/habits/handles';
import { withHabits } from './scripted';

withHabits(
	[
		['takes writes in order, from the handle that created the file', () => ({ habits: [inOrderOnly()] })],
		['refuses the writes of a reopened file', () => ({ habits: [refusesReopenedWrites()] })],
		['hands out handles that are still open', () => ({ habits: [handsOutOpenHandles()] })],
		['takes a second open for another upload', () => ({ habits: [reopeningEmpties()] })],
	],
	true,
);
