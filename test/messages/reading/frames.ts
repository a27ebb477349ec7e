import ts from 'typescript';
import type { Choices } from './choices';
import { type Call, type Func, functionsAround, isFunc, type Source } from './source';
import type { Value } from './value';

/** One time that a function runs. */
export interface Frame {
	readonly id: number;
	readonly func: Func;
	/** Where the function around it runs. */
	readonly outer: Frame | undefined;
	/** What its names came to. */
	readonly known: Map<ts.Node, Value>;
	/** Who called it; chosen when somebody asks. */
	call?: Called | undefined;
}

interface Called {
	readonly node: Call;
	readonly from: Frame | undefined;
}

/** The runs of functions that lead to a place in the source. */
export class Frames {
	private count = 0;

	constructor(
		private readonly source: Source,
		private readonly choices: Choices,
	) {}

	open(func: Func, outer: Frame | undefined, call?: Called): Frame {
		this.count += 1;
		return { id: this.count, func, outer, known: new Map(), call };
	}

	/** The runs of all functions around a node; those that `near` is part of are the same ones. */
	at(node: ts.Node, near?: Frame): Frame | undefined {
		let frame: Frame | undefined;
		for (const func of functionsAround(node).reverse()) frame = within(near, func) ?? this.open(func, frame);
		return frame;
	}

	/** Who called it: one caller after the other. Undefined when nobody is seen to. */
	callOf(frame: Frame): Called | undefined {
		if (frame.call !== undefined) return frame.call;
		const calls = this.callsOf(frame);
		const call = calls[calls.length > 1 ? this.choices.choose(`caller of ${frame.id}`, calls.length) : 0];
		frame.call = call?.();
		return frame.call;
	}

	private callsOf(frame: Frame): ReadonlyArray<() => Called> {
		const { func, outer } = frame;
		const { parent } = func;
		if (ts.isCallExpression(parent) && isFunc(func)) return this.callsOfArgument(frame, parent);
		const named = ts.isConstructorDeclaration(func) || ts.isVariableDeclaration(parent) ? parent : func;
		if (!ts.isClassDeclaration(named) && !ts.isVariableDeclaration(named) && !ts.isFunctionDeclaration(named))
			return [];
		return this.source.callsOf(named).map((node) => () => ({ node, from: this.at(node, outer) }));
	}

	/** A function that is handed to another is called by the name which that one has for it. */
	private callsOfArgument({ func, outer }: Frame, handed: ts.CallExpression): ReadonlyArray<() => Called> {
		const taker = this.source.declarationOf(handed.expression);
		const takes = taker !== undefined && ts.isVariableDeclaration(taker) ? taker.initializer : taker;
		if (takes === undefined || !isFunc(takes)) return [];
		const place = handed.arguments.findIndex((argument) => argument === func);
		const parameter = takes.parameters[place];
		if (parameter === undefined) return [];
		return this.source.callsOf(parameter).map((node) => () => {
			const taking = this.open(takes, within(outer, takes) ?? this.at(takes, outer), { node: handed, from: outer });
			return { node, from: this.at(node, taking) };
		});
	}
}

/** The run of `func` that `frame` is part of. */
export function within(frame: Frame | undefined, func: ts.Node | undefined): Frame | undefined {
	for (let at = frame; at !== undefined; at = at.outer) if (at.func === func) return at;
	return undefined;
}
