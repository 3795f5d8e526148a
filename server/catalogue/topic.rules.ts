import slugify from '@sindresorhus/slugify';

/** What stands for a topic in an address: "Net zero" is `net-zero`. */
export const slugOfTopic = (topic: string): string => slugify(topic);

export const pathOfTopic = (topic: string): string => `/events?topic=${slugOfTopic(topic)}`;
