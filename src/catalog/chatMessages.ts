/** What each service takes as the body of a request, with a text in it. */

export const CHATS = ["discord", "slack", "msteams", "rocket", "generic"] as const;
export type Chat = (typeof CHATS)[number];

type Message = (text: string) => Readonly<Record<string, unknown>>;

/** Documentation of each: Discord, Execute Webhook; Slack and Rocket.Chat, incoming webhooks; Microsoft, Workflows for Teams. */
export const CHAT_MESSAGES: Readonly<Record<Exclude<Chat, "generic">, Message>> = {
  discord: (text) => ({ content: text }),
  slack: (text) => ({ text }),
  rocket: (text) => ({ text }),
  // A message with an Adaptive Card.
  msteams: (text) => ({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: { type: "AdaptiveCard", version: "1.4", body: [{ type: "TextBlock", wrap: true, text }] },
      },
    ],
  }),
};
