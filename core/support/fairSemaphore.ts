import { onAbort } from './abort';
import { cancelled } from './errors';

/** One execution, as budgets tell it from others: by identity. */
export type Owner = object;

/**
 * Shares something there is only so much of between executions, so that one that gives nothing back starves no other:
 * alone, an execution gets three quarters of it; beside others, as much as it leaves to them. The one that holds least goes first.
 */
export interface FairSemaphore {
	/** Opens the account of one user, e.g. an upload, of an execution. */
	account(owner: Owner): Account;
}

export interface Account {
	/**
	 * Resolves once there is room. An account whose total stays within what is guaranteed never waits, whatever others hold. One that may
	 * do with less than `wanted` says so by `least`: after a moment it gets what there is room for, and `least` in any case while it holds
	 * nothing. Rejects with the signal's reason, or `cancelled`.
	 */
	take(wanted: number, signal: AbortSignal, least?: number): Promise<Grant>;
	/** The same without waiting; undefined when there is no room. */
	tryTake(wanted: number): Grant | undefined;
}

export interface Grant {
	readonly amount: number;
	/** Call it once. */
	readonly giveBack: () => void;
}

export interface FairSemaphoreOptions {
	readonly capacity: number;
	/** What each account may hold beyond the capacity. */
	readonly guaranteed: number;
}

/** How long an account waits for all that it wants before it makes do with less. */
const GRACE_MS = 100;

/** What is left to others by an execution that is alone. */
const LEFT_BY_ONE = 1 / 4;

interface Holder {
	held: number;
}

interface Waiter {
	readonly wanted: number;
	readonly least: number;
	readonly owner: Holder;
	readonly account: Holder;
	/** Whether it makes do with less by now. */
	isModest: boolean;
	readonly resolve: (amount: number) => void;
}

export function createFairSemaphore({ capacity, guaranteed }: FairSemaphoreOptions): FairSemaphore {
	const owners = new WeakMap<Owner, Holder>();
	const waiters: Waiter[] = [];
	let held = 0;
	const fits = (owner: Holder, amount: number): boolean => {
		// More than the whole counts as all of it.
		if (held === 0) return true;
		const free = capacity - held - amount;
		const isAlone = owner.held === held;
		return owner.held + amount <= (isAlone ? capacity * (1 - LEFT_BY_ONE) : free) && free >= 0;
	};
	const amountFor = ({ wanted, least, owner, account, isModest }: Omit<Waiter, 'resolve'>): number | undefined => {
		if (account.held + wanted <= guaranteed || fits(owner, wanted)) return wanted;
		if (!isModest) return undefined;
		for (let less = wanted / 2; less >= least; less /= 2) if (fits(owner, Math.floor(less))) return Math.floor(less);
		return account.held === 0 ? least : undefined;
	};
	const give = ({ owner, account }: Pick<Waiter, 'owner' | 'account'>, amount: number) => {
		owner.held += amount;
		account.held += amount;
		held += amount;
	};
	const serve = () => {
		for (const waiter of waiters.toSorted((a, b) => a.owner.held - b.owner.held)) {
			const amount = amountFor(waiter);
			if (amount === undefined) continue;
			waiters.splice(waiters.indexOf(waiter), 1);
			give(waiter, amount);
			waiter.resolve(amount);
		}
	};
	const takeBack = (of: Pick<Waiter, 'owner' | 'account'>, amount: number) => {
		give(of, -amount);
		if (waiters.length > 0) serve();
	};
	const queue = async (waiter: Omit<Waiter, 'resolve'>, signal: AbortSignal, onLate: () => void): Promise<number> =>
		await new Promise((resolve, reject) => {
			const mayBeModest = waiter.least < waiter.wanted && !waiter.isModest;
			const late = () => {
				onLate();
				queued.isModest = true;
				serve();
			};
			const timer = mayBeModest ? setTimeout(late, GRACE_MS).unref() : undefined;
			const stop = () => {
				waiters.splice(waiters.indexOf(queued), 1);
				settle();
				reject(signal.reason ?? cancelled());
			};
			const settle = () => {
				clearTimeout(timer);
				stopListening();
			};
			const queued: Waiter = {
				...waiter,
				resolve: (amount) => {
					settle();
					resolve(amount);
				},
			};
			let stopListening = (): void => undefined;
			waiters.push(queued);
			stopListening = onAbort(signal, stop);
		});
	return {
		account: (of) => {
			const owner = owners.get(of) ?? { held: 0 };
			owners.set(of, owner);
			const account: Holder = { held: 0 };
			// One that had to make do with less does so at once until there is room again.
			let isModest = false;
			const granted = (amount: number): Grant => ({ amount, giveBack: () => takeBack({ owner, account }, amount) });
			const tryTake = (wanted: number, least = wanted): Grant | undefined => {
				const amount = amountFor({ wanted, least, owner, account, isModest });
				if (amount === undefined) return undefined;
				give({ owner, account }, amount);
				return granted(amount);
			};
			return {
				take: async (wanted, signal, least = wanted) => {
					const onLate = () => void (isModest = true);
					const waiter = { wanted, least, owner, account, isModest };
					const ready = signal.aborted ? undefined : tryTake(wanted, least);
					const grant = ready ?? granted(await queue(waiter, signal, onLate));
					if (grant.amount === wanted) isModest = false;
					return grant;
				},
				tryTake,
			};
		},
	};
}
