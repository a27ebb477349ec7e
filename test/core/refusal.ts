import { WritebackError } from '../../core/support/errors';

/** The WritebackError that `work` throws; fails when it throws nothing or anything else. */
export function refusal(work: () => unknown): WritebackError {
	try {
		work();
	} catch (fault) {
		if (fault instanceof WritebackError) return fault;
		throw fault;
	}
	throw new Error('It was accepted');
}

/** All that a user may get to see of a fault, whichever way it is printed. */
export function everythingSaid(fault: Error): string {
	return [fault.message, fault.stack, Reflect.get(fault, 'hint'), String(fault.cause), JSON.stringify(fault)].join(
		'\n',
	);
}
