import { instructionsIn, machine, machineText } from '../../bench/fixtures/machine';
import { NO_SHA, ourKinds } from '../../bench/subjects/ourKinds';

const CPUINFO = (flags: string) => `processor\t: 0\nmodel name\t: some\nflags\t\t: ${flags}\nbugs\t\t: none\n`;

it.each([
	[CPUINFO('fpu aes avx2 sha_ni'), { aes: true, shaNi: true }],
	[CPUINFO('fpu aes avx2'), { aes: true, shaNi: false }],
	[CPUINFO('fpu vaes'), { aes: false, shaNi: false }],
	['processor\t: 0\nFeatures\t: aes sha2\n', { aes: 'unknown', shaNi: 'unknown' }],
	['', { aes: 'unknown', shaNi: 'unknown' }],
])('reads from %j what the processor has', (cpuinfo, expected) => expect(instructionsIn(cpuinfo)).toEqual(expected));

const HERE = { cores: 2, processor: 'X', memoryGib: 4, system: 'Linux', node: '24', filesInMemory: true };

it.each([
	[{ aes: true, shaNi: true }, '2 cores with AES and SHA instructions (X), '],
	[{ aes: false, shaNi: false }, '2 cores without AES and SHA instructions (X), '],
	[{ aes: true, shaNi: false }, '2 cores with AES, without SHA instructions (X), '],
	[{ aes: 'unknown', shaNi: 'unknown' }, '2 cores with unknown instructions (X), '],
	[{}, '2 cores (X), '],
] as const)('says of %j: %s', (instructions, expected) =>
	expect(machineText({ ...HERE, ...instructions }).startsWith(expected)).toBe(true),
);

it('says what this machine is', () => {
	const { cores, aes, shaNi } = machine(true);
	expect(cores).toBeGreaterThan(0);
	for (const has of [aes, shaNi]) expect([true, false, 'unknown']).toContain(has);
});

it('runs ours without SHA instructions only where there are some to take away', () => {
	const names = (shaNi: boolean | 'unknown') => ourKinds({ aes: true, shaNi }).map(({ name }) => name);
	expect(names(true)).toEqual(['ours', 'ours, without SHA instructions']);
	expect([names(false), names('unknown')]).toEqual([['ours'], ['ours']]);
	expect(ourKinds({ aes: true, shaNi: true }).map(({ env }) => env)).toEqual([{}, NO_SHA]);
	expect([true, false].map((shaNi) => ourKinds({ aes: true, shaNi })[0]?.hasSha)).toEqual([true, false]);
});
