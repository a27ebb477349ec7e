import {
	handsOutOpenHandles,
	inOrderOnly,
	reopeningEndsTheFirst,
	refusesReopenedWrites,
	reopeningEmpties,
	reopeningLosesTheFile,
} from '../../../sandbox/habits/handles';
import { dropsUnfinished, storesAtClose } from '../../../sandbox/habits/uploads';
import { withHabits } from './scripted';

withHabits(
	[
		['takes writes in order, from the handle that created the file', () => ({ habits: [inOrderOnly()] })],
		['refuses the writes of a reopened file', () => ({ habits: [refusesReopenedWrites()] })],
		['hands out handles that are still open', () => ({ habits: [handsOutOpenHandles()] })],
		['takes a second open for another upload', () => ({ habits: [reopeningEmpties()] })],
		['ends the first handle for a second open', () => ({ habits: [reopeningEndsTheFirst()] })],
		['loses a file that is opened again', () => ({ habits: [reopeningLosesTheFile()] })],
		['shows a file once it is closed', () => ({ habits: [storesAtClose()] })],
		['gives unfinished files up with the connection', () => ({ habits: [inOrderOnly(), dropsUnfinished()] })],
	],
	true,
);
