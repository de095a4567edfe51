import kit = require('gravitino-jobs-kit');

export const mock: Promise<kit.Mock> = kit.startMock({ scenario: 'closed' });
