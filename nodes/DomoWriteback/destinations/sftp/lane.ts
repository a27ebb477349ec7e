import { unlessStopped } from '../../waiting';
import type { Channel } from './channel';
import { notReopened } from './lost';
import type { Session } from './session';

/** One way to the open part file: a channel and the file's handle on it. */
export interface Lane {
	readonly channel: Channel;
	readonly handle: Buffer;
	isLost(): boolean;
	/** Closes the handle, and what was opened for this lane alone. Rejects when the server refuses to close the file. */
	end(): Promise<void>;
	/** Ends what was opened for this lane alone, without asking the server. */
	cut(): void;
}

/** What opens ways to the part file. */
export interface Lanes {
	/** The first one; it is open. */
	readonly first: Lane;
	/** How many there may be. */
	readonly most: number;
	/** Opens one more. Rejects when the server allows no more. */
	widen(signal: AbortSignal): Promise<Lane>;
	/** Told when all is sent by a single lane: what is asked for on it from now on is answered after the last acknowledgement. */
	allSent(lane: Lane): void;
	/** How long connections may be lost one after the other without a single acknowledgement in between. */
	readonly fruitlessMs: number;
	/** Opens one again after every connection was lost; takes its time. Rejects when the server stays away. */
	reopen(signal: AbortSignal): Promise<Lane>;
}

/** All that was written is acknowledged. */
export interface Written {
	readonly bytes: number;
	/** The lanes that are open in the end; whoever gets them ends them. */
	readonly open: readonly Lane[];
}

/** A lane on a channel that others use, too. */
export function sharedLane(session: Session, handle: Buffer): Lane {
	return {
		channel: session,
		handle,
		isLost: session.isLost,
		end: async () => await close(session, handle),
		cut: () => undefined,
	};
}

/** A lane on another channel of a connection that is there. Rejects when the server allows no more channels, or with `cancelled`. */
export async function channelLane(session: Session, part: string, signal: AbortSignal): Promise<Lane> {
	const channel = await unlessStopped(session.another(), signal, (late) => late.endChannel());
	const handle = await reopen(channel, part, signal).catch((fault: unknown) => {
		channel.endChannel();
		throw fault;
	});
	return {
		channel,
		handle,
		isLost: session.isLost,
		end: async () => await close(channel, handle).finally(channel.endChannel),
		// Its connection ends with the execution.
		cut: () => undefined,
	};
}

/** A lane on a connection of its own, which ends when this rejects. */
export async function connectionLane(session: Session, part: string, signal: AbortSignal): Promise<Lane> {
	const handle = await reopen(session, part, signal).catch((fault: unknown) => {
		session.end();
		throw fault;
	});
	return {
		channel: session,
		handle,
		isLost: session.isLost,
		end: async () => await close(session, handle).finally(session.end),
		cut: session.end,
	};
}

/** The first lane after a loss. Rejects with `destinationInterrupted` when the server does not let the file be opened again, or with `cancelled`. */
export async function reopenedLane(session: Session, part: string, signal: AbortSignal): Promise<Lane> {
	const handle = await reopen(session, part, signal).catch((fault: unknown) => {
		throw notReopened(fault);
	});
	return sharedLane(session, handle);
}

/** Opens a part file that is there, without cutting it. A server may owe the answer; a stop does not wait for it. */
async function reopen(channel: Channel, part: string, signal: AbortSignal): Promise<Buffer> {
	const opened = channel.ask<Buffer>((sftp, answer) => sftp.open(part, 'r+', answer));
	return await unlessStopped(opened, signal);
}

async function close(channel: Channel, handle: Buffer): Promise<void> {
	await channel.tell((sftp, answer) => sftp.close(handle, answer));
}
