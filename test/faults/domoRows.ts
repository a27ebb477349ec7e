import type { DetailedFault } from '../../sandbox/domo/domo';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { DATA_SET, folderOnDisk, type Row } from './row';
import { passwordFieldsOf } from '../fields';

const MID_WAY = 1_500_000;

/** Domo goes wrong so many times, and then no more. */
const domo = (fault: string, ends: Row['ends'], what: DetailedFault, times: number, maxTries = 1): Row => ({
	where: 'Domo',
	fault,
	ends,
	maxTries,
	arrange: async (bench, dataSetId) => {
		const server = await startSsh2Server({ posixRename: true });
		bench.domo.fault(dataSetId, what, times);
		return {
			...folderOnDisk(server.root),
			typed: { sftpWritebackApi: { ...passwordFieldsOf(server) } },
			close: async () => {
				bench.domo.fault(dataSetId, 'none');
				await server.close();
			},
		};
	},
});

/** The metadata lists fewer rows than the export then holds; what is asked once more afterwards lists them all. */
const refreshed = (fault: string): Row => {
	const late = domo(fault, 'verified', { kind: 'refresh', addRows: 5 }, 1);
	return {
		...late,
		arrange: async (bench, dataSetId) => {
			bench.domo.touch(dataSetId, { rows: DATA_SET.rows - 5 });
			const scene = await late.arrange(bench, dataSetId);
			return {
				...scene,
				close: async () => {
					bench.domo.add(DATA_SET);
					await scene.close();
				},
			};
		},
	};
};

const EVER = 1000;

export const DOMO_ROWS: readonly Row[] = [
	domo('the token expires during the run', 'verified', { kind: 'tokenExpired' }, 1),
	domo('the export is refused with 406, once', 'verified', { kind: 'notAcceptable', on: 'export' }, 1),
	domo('the token is refused with 401 and an empty body', 'verified', { kind: 'unauthorized', on: 'export' }, 1),
	domo(
		'the token is refused with 401 that names a server error',
		'verified',
		{ kind: 'unauthorizedAsServerError', on: 'export' },
		1,
	),
	domo('every token is refused', 'domoLogin', { kind: 'unauthorized' }, EVER),
	domo(
		'the export is refused with 406, with a token that is good elsewhere',
		'dataSetForbidden',
		{ kind: 'notAcceptable', on: 'export' },
		EVER,
		2,
	),
	domo(
		'the export is refused with 401, with a token that is good elsewhere',
		'dataSetForbidden',
		{ kind: 'unauthorized', on: 'export' },
		EVER,
		2,
	),
	domo('the export is refused with 403', 'dataSetForbidden', { kind: 'forbidden', on: 'export' }, EVER),
	domo('the export is refused with 400', 'dataSetForbidden', { kind: 'badRequest', on: 'export' }, EVER),
	domo('the export is not there', 'dataSetNotFound', { kind: 'notFound', on: 'export' }, EVER),
	domo('there is no such DataSet', 'dataSetNotFound', { kind: 'notFound' }, EVER),
	domo('the DataSet was deleted', 'dataSetNotFound', { kind: 'deleted' }, EVER),
	domo('the DataSet is not shared with the client', 'dataSetForbidden', { kind: 'forbidden' }, EVER),
	domo('the same comes as a 400 about a 403', 'dataSetForbidden', { kind: 'forbiddenAs400' }, EVER),
	domo('Domo asks to wait, and says how long', 'verified', { kind: 'tooManyRequests', retryAfterSeconds: 1 }, 1, 2),
	domo('Domo asks to wait, and does not say how long', 'verified', { kind: 'tooManyRequests' }, 1, 2),
	domo('Domo asks to wait every time', 'domoBusy', { kind: 'tooManyRequests' }, EVER, 2),
	domo('Domo is under maintenance (503)', 'verified', { kind: 'maintenance', on: 'export' }, 1, 2),
	domo('Domo answers with a gateway error (502)', 'verified', { kind: 'badGateway', on: 'export' }, 1, 2),
	domo('a maintenance page comes with status 200', 'verified', { kind: 'maintenancePage', on: 'export' }, 1, 2),
	domo('a login page comes with status 200', 'domoNotData', { kind: 'loginPage', on: 'export' }, EVER),
	domo("an allow list's page comes with status 200", 'domoNotData', { kind: 'blockedPage', on: 'export' }, EVER),
	domo('the export is cut midway, once', 'verified', { kind: 'cut', atByte: MID_WAY }, 1, 2),
	domo('the export is cut midway every time', 'domoInterrupted', { kind: 'cut', atByte: MID_WAY }, EVER, 2),
	domo('the export is reset midway', 'domoInterrupted', { kind: 'cut', atByte: MID_WAY, how: 'reset' }, EVER),
	domo(
		'the export ends early as if it were complete',
		'rowsDiffer',
		{ kind: 'cut', atByte: MID_WAY, how: 'end' },
		EVER,
	),
	domo('the export falls silent midway', 'domoInterrupted', { kind: 'stall', atByte: MID_WAY }, EVER),
	domo('the export leaves rows out', 'rowsDiffer', { kind: 'short', missingRows: 3 }, EVER),
	domo('the export leaves rows out, once', 'verified', { kind: 'short', missingRows: 3 }, 1, 2),
	domo('the export pauses for less than the idle time', 'verified', { kind: 'stall', atByte: MID_WAY, ms: 500 }, 1),
	domo('the first byte is late', 'verified', { kind: 'slowStart', ms: 1500, on: 'export' }, 1),
	refreshed('the DataSet is refreshed between its metadata and its export'),
];
