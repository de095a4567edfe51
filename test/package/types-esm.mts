import { createMock, type Mock, type Report, startMock, verify } from 'gravitino-jobs-kit';

const mock: Mock = await createMock({ scenario: 'closed', port: 0 });
const other: Mock = await startMock();
export const path: string | undefined = mock.requests[0]?.path;
export const judge: (...options: Parameters<typeof verify>) => Promise<Report> = verify;
await Promise.all([mock.close(), other.close()]);
