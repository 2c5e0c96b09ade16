/** Kinds of actors, verdicts and what is unusual, in words. */
import { defineMessages } from 'react-intl';

export const kindWords = defineMessages({
  user: { id: 'actor.user', defaultMessage: 'User' },
  client: { id: 'actor.client', defaultMessage: 'Partner system' },
  source: { id: 'actor.source', defaultMessage: 'Source' },
  service: { id: 'actor.service', defaultMessage: 'Service' },
  anonymous: { id: 'actor.anonymous', defaultMessage: 'Nobody known' },
});

export const verdictWords = defineMessages({
  intact: { id: 'verdict.intact', defaultMessage: 'The log is intact' },
  broken: { id: 'verdict.broken', defaultMessage: 'The log is broken' },
  unanchored: {
    id: 'verdict.unanchored',
    defaultMessage: 'Consistent, but compared with nothing outside the database',
  },
});

export const unusualWords = defineMessages({
  many_looks: { id: 'unusual.looks', defaultMessage: 'Many looks' },
  many_denials: { id: 'unusual.denials', defaultMessage: 'Many refusals' },
});
