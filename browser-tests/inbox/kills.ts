/** How many kills in each engine: 50 in the full run, by MTM_KILLS=50 or SLOW=1. */
export const kills = Number(process.env['MTM_KILLS'] ?? (process.env['SLOW'] ? 50 : 2))
