// The random source of the engine, laid out as the streams that users of it would see: 32-bit words on standard output,
// without end, for a test battery to read. Usage: streams STREAM [FAULT]
// FAULT: 0 none, 1 seed and row added unhashed, 2 no multiplication in the mixer.
// mix64, hash64 and fieldKey are those of packages/engine/src/random (mix.ts, field-key.ts).
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t u64;
typedef uint32_t u32;

static const u64 GOLDEN = 0x9e3779b97f4a7c15u, DRAW_STEP = 0xd1342543de82ef95u;
static int fault;

static u64 mix64(u64 z) {
  if (fault == 2) return z ^ (z >> 32);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static u64 hash64(const char *text) {
  size_t length = strlen(text);
  u64 hash = mix64(GOLDEN ^ length);
  for (size_t start = 0; start < length; start += 8) {
    u64 chunk = 0;
    size_t end = start + 8 < length ? start + 8 : length;
    for (size_t i = end; i-- > start;) chunk = chunk << 8 | (unsigned char)text[i];
    hash = mix64((hash ^ chunk) + GOLDEN);
  }
  return hash;
}

static u64 field_key(const char *seed, const char *path) {
  if (fault == 1) return (u64)atoll(seed) * GOLDEN + hash64(path); // a neighbouring seed is then a neighbouring row
  return mix64((mix64(hash64(seed) + GOLDEN) ^ hash64(path)) + GOLDEN);
}

static u64 word(u64 key, u64 row, u64 draw) { return mix64(key + row * GOLDEN + draw * DRAW_STEP); }

#define FIELDS 39
static u64 keys[FIELDS], seeds[64];
static int stream;
static u64 row, at, held;
static int has_held;

static void setup(void) {
  char text[32];
  for (int f = 0; f < FIELDS; f++) {
    snprintf(text, sizeof text, "/field%d", f);
    keys[f] = field_key("1", text);
  }
  for (int s = 0; s < 64; s++) {
    snprintf(text, sizeof text, "%d", s);
    seeds[s] = field_key(text, "/field");
  }
}

// Both halves of a word, high first, as the kernel takes them.
static u32 halves(u64 w, u64 *rest) {
  *rest = w & 0xffffffffu;
  return (u32)(w >> 32);
}

static unsigned int next(void) {
  if (has_held) {
    has_held = 0;
    return (u32)held;
  }
  u64 w = 0;
  switch (stream) {
    case 1: w = word(keys[at], row, 0); if (++at == FIELDS) at = 0, row++; break;              // rows x fields
    case 2: w = word(keys[7], row++, 0); break;                                                // one field down the rows
    case 3: w = word(keys[10 + at], row, 0); if (++at == 2) at = 0, row++; break;              // two neighbouring paths
    case 4: w = word(keys[3], row, at); if (++at == 256) at = 0, row++; break;                 // 256 draws of a field
    case 5: w = word(seeds[at], row, 0); if (++at == 64) at = 0, row++; break;                 // seeds "0" to "63"
    case 6: w = word(keys[5], row++ << 20, 0); break;                                          // rows 2^20 apart
    case 7: w = word(keys[at], row, 0); if ((++row & 4095) == 0) { row -= 4096; if (++at == FIELDS) at = 0, row += 4096; } break; // blocks of columns
    case 8: { u32 x = 0; for (int f = 0; f < 8; f++) x |= (u32)(word(keys[f], row, 0) >> 60) << (4 * f); row++; return x; } // top nibbles
    case 9: return (u32)word(keys[7], row++, 0);                                               // low halves alone
    case 10: w = word(keys[2], row * 5 + at, 0); if (++at == 3) at = 0, row++; break;          // children: row * stride + i
    case 11: { // remainders of multiply-shift draws: what chaining takes its next draw from
      return (u32)((word(keys[4], row++, 0) >> 32) * 999);
    }
  }
  has_held = 1;
  return halves(w, &held);
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  stream = atoi(argv[1]);
  fault = argc > 2 ? atoi(argv[2]) : 0;
  setup();
  static u32 buffer[16384];
  for (;;) {
    for (size_t i = 0; i < 16384; i++) buffer[i] = next();
    if (fwrite(buffer, sizeof buffer, 1, stdout) != 1) return 0;
  }
}
