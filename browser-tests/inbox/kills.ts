/** How many kills in each engine: 2 on an ordinary run; 50 in the full one, by MTM_KILLS=50 or SLOW=1. */
export const kills = Number(process.env['MTM_KILLS'] ?? (process.env['SLOW'] ? 50 : 2))
