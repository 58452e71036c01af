/**
 * The sentences of the login, in English. They name no camera and no version: they are
 * read by people who have not logged in.
 * @module
 */

export const loginWords = {
  title: "Log in · StreamWare",
  product: "StreamWare",
  lead: (host: string) => `This is the box ${host}.`,
  password: "Password",
  logIn: "Log in",
  forgotten: "Forgotten? On the box, set another one:",
  command: "streamware config password",
  wrong: "That is not the password.",
  /** @param waitS whole seconds, at least 1 */
  wait: (waitS: number) => `Too many tries. Wait ${waitText(waitS)}, then try again.`,
  logOutTitle: "Log out · StreamWare",
  logOut: "Log out",
  logOutLead: "This browser will ask for the password again.",
  stay: "Back to the page",
  logInFirst: "Log in first: the page is at /login\n",
  wrongPassword: "Wrong password\n",
  tooMany: (waitS: number) => `Too many tries: wait ${waitText(waitS)}\n`,
  otherForm: "Send a form with the one field password\n",
};

function waitText(waitS: number): string {
  if (waitS === 1) return "1 second";
  if (waitS < 90) return `${waitS} seconds`;
  return `${Math.ceil(waitS / 60)} minutes`;
}
