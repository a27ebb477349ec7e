import { dropsBlocks } from '../../../sandbox/habits/blocks';
import type { Habit } from '../../../sandbox/habits/habit';
import {
	handsOutOpenHandles,
	inOrderOnly,
	refusesReopenedWrites,
	reopeningEmpties,
} from '../../../sandbox/habits/handles';
import { mayNotRead } from '../../../sandbox/habits/rights';
import { dropsUnfinished, storesAtClose } from '../../../sandbox/habits/uploads';
import type { DrawnHabit } from '../wrongs';

const HABITS: Readonly<Record<DrawnHabit, () => Habit>> = {
	inOrder: inOrderOnly,
	reopenedRefused: refusesReopenedWrites,
	reopenedEmpty: reopeningEmpties,
	openHandles: handsOutOpenHandles,
	mayNotRead,
	storesAtClose,
	dropsUnfinished,
	drops: () => dropsBlocks(20),
};

export function habitOf(drawn: DrawnHabit): Habit {
	return HABITS[drawn]();
}
