/** For now. */
export const DiagramPage = () => null;
