/*
 * The practical limit: the rows of the template in C, with the engine's lists, rules and random source, written for this
 * one template by hand. `limit <path> <rows> [threads]`; runs on one thread. tables.h is made by write-tables.ts.
 */
#include "tables.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#ifdef __SSSE3__
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))
/* Largest row by far: 18 cells of at most 64 bytes each. */
#define ROW_BYTES 1152u
#define BATCH_ROWS 512u

/* mix64 of key + row * GOLDEN + draw * DRAW_STEP: Steele, Lea, Flood, "Fast splittable pseudorandom number generators". */
INLINE uint64_t word(uint64_t base, uint64_t draw) {
  uint64_t z = base + draw * 0xd1342543de82ef95ull;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

INLINE uint32_t below32(uint64_t half, uint32_t n) { return (uint32_t)((half * n) >> 32); }
INLINE uint64_t below64(uint64_t whole, uint64_t n) { return (uint64_t)(((unsigned __int128)whole * n) >> 64); }

typedef struct { uint8_t bytes[16]; } block;
INLINE void copy16(uint8_t *to, const uint8_t *from) { *(block *)to = *(const block *)from; }
INLINE void copy4(uint8_t *to, uint32_t value) { memcpy(to, DIGITS4 + value * 4, 4); }
INLINE void copy2(uint8_t *to, uint32_t value) { memcpy(to, DIGITS2 + value * 2, 2); }

/* Copies an entry 16 bytes at a time, past its end. */
#define PUT(list, index) do { \
    const uint8_t *entry = T_##list + (size_t)(index) * S_##list; \
    copy16(p, entry); \
    uint32_t length = entry[S_##list - 1]; \
    if (L_##list > 16 && length > 16) copy16(p + 16, entry + 16); \
    if (L_##list > 32 && length > 32) copy16(p + 32, entry + 32); \
    if (L_##list > 48 && length > 48) copy16(p + 48, entry + 48); \
    p += length; \
  } while (0)

/* Exactly `width` digits, known when this is compiled. */
INLINE uint8_t *digits(uint8_t *p, uint32_t value, int width) {
  uint8_t *end = p + width;
  uint8_t *at = end;
  while (width >= 4) { at -= 4; copy4(at, value % 10000); value /= 10000; width -= 4; }
  if (width >= 2) { at -= 2; copy2(at, value % 100); value /= 100; width -= 2; }
  if (width == 1) at[-1] = (uint8_t)('0' + value % 10);
  return end;
}

/* A number below 10000 without leading zeros. */
INLINE uint8_t *short_integer(uint8_t *p, uint32_t value) {
  uint32_t skip = 3u - (value > 9) - (value > 99) - (value > 999);
  uint32_t text;
  memcpy(&text, DIGITS4 + value * 4, 4);
  text >>= 8 * skip;
  memcpy(p, &text, 4);
  return p + 4 - skip;
}

INLINE uint8_t *integer(uint8_t *p, uint64_t value) {
  if (value < 10000) return short_integer(p, (uint32_t)value);
  if (value < 100000000) {
    p = short_integer(p, (uint32_t)value / 10000);
    copy4(p, (uint32_t)value % 10000);
    return p + 4;
  }
  p = integer(p, value / 100000000);
  return digits(p, (uint32_t)(value % 100000000), 8);
}

INLINE void hex16(uint8_t *to, uint64_t value) {
#ifdef __SSSE3__
  __m128i bytes = _mm_cvtsi64_si128((long long)__builtin_bswap64(value));
  __m128i mask = _mm_set1_epi8(15);
  __m128i nibbles = _mm_unpacklo_epi8(_mm_and_si128(_mm_srli_epi16(bytes, 4), mask), _mm_and_si128(bytes, mask));
  __m128i letters = _mm_setr_epi8('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f');
  _mm_storeu_si128((__m128i *)to, _mm_shuffle_epi8(letters, nibbles));
#else
  for (int i = 0; i < 16; i++) to[i] = (uint8_t)"0123456789abcdef"[(value >> (60 - 4 * i)) & 15];
#endif
}

INLINE uint8_t *uuid(uint8_t *p, uint64_t base) {
  uint8_t text[32];
  hex16(text, (word(base, 0) & ~0xf000ull) | 0x4000);
  hex16(text + 16, (word(base, 1) & ~(3ull << 62)) | 2ull << 62);
  memcpy(p, text, 8);
  p[8] = '-';
  memcpy(p + 9, text + 8, 4);
  p[13] = '-';
  memcpy(p + 14, text + 12, 4);
  p[18] = '-';
  memcpy(p + 19, text + 16, 4);
  p[23] = '-';
  memcpy(p + 24, text + 20, 12);
  p[36] = ',';
  return p + 37;
}

/* YYYY-MM-DD of a day since 0000-03-01, as Neri and Schneider count: C. Neri, L. Schneider, "Euclidean affine functions and their application to calendar
 * algorithms", 2022. */
#define DAY_1940 708510u
#define DAY_1970 719468u
INLINE uint8_t *date(uint8_t *p, uint32_t day) {
  uint32_t n = 4 * day + 3, century = n / 146097;
  uint32_t r = (n % 146097) | 3;
  uint64_t product = 2939745ull * r;
  uint32_t of_year = (uint32_t)(product) / 2939745 / 4;
  uint32_t m = 2141 * of_year + 197913;
  uint32_t late = of_year >= 306;
  uint32_t year = 100 * century + (uint32_t)(product >> 32) + late;
  copy4(p, year);
  p[4] = '-';
  copy2(p + 5, (m >> 16) - 12 * late);
  p[7] = '-';
  copy2(p + 8, (m & 65535) / 2141 + 1);
  return p + 10;
}

INLINE uint8_t *moment(uint8_t *p, uint64_t milliseconds) {
  uint32_t day = (uint32_t)(milliseconds / 86400000), time = (uint32_t)(milliseconds % 86400000);
  uint32_t seconds = time / 1000, minutes = seconds / 60;
  p = date(p, DAY_1970 + day);
  p[0] = 'T';
  copy2(p + 1, minutes / 60);
  p[3] = ':';
  copy2(p + 4, minutes % 60);
  p[6] = ':';
  copy2(p + 7, seconds % 60);
  copy4(p + 9, time % 1000);
  p[9] = '.';
  p[13] = 'Z';
  p[14] = ',';
  return p + 15;
}

/* Interpolates the tabulated quantile function, with finer tables for the outermost steps. */
INLINE uint8_t *balance(uint8_t *p, uint32_t half) {
  uint32_t step = half >> 22;
  const double *table = QUANTILE_MAIN;
  double share = (half & 0x3fffff) * 0x1p-22;
  if (__builtin_expect(step - 1 > 1021, 0)) {
    table = step == 0 ? QUANTILE_LOW : QUANTILE_HIGH;
    step = (half >> 12) & 1023;
    share = (half & 0xfff) * 0x1p-12;
  }
  double value = table[step] + (table[step + 1] - table[step]) * share;
  int32_t cents = (int32_t)(value + (value < 0 ? -0.5 : 0.5));
  cents = cents < -200000 ? -200000 : cents > 500000 ? 500000 : cents;
  *p = '-';
  p += cents < 0;
  uint32_t size = (uint32_t)(cents < 0 ? -cents : cents);
  p = short_integer(p, size / 100);
  *p = '.';
  copy2(p + 1, size % 100);
  p[3] = ',';
  return p + 4;
}

INLINE uint8_t *card(uint8_t *p, uint64_t base) {
  uint64_t a = word(base, 0), b = word(base, 1);
  uint32_t g0 = 4000 + below32(a >> 32, 1000), g1 = below32((uint32_t)a, 10000), g2 = below32(b >> 32, 10000);
  uint32_t g3 = 10 * below32((uint32_t)b, 1000);
  uint32_t sum = (uint32_t)LUHN4[g0] + LUHN4[g1] + LUHN4[g2] + LUHN4[g3];
  copy4(p, g0);
  copy4(p + 4, g1);
  copy4(p + 8, g2);
  copy4(p + 12, g3 + (10 - sum % 10) % 10);
  p[16] = ',';
  return p + 17;
}

INLINE uint8_t *iban(uint8_t *p, uint64_t base) {
  uint64_t a = word(base, 0), b = word(base, 1), c = word(base, 2);
  uint32_t g0 = below32(a >> 32, 10000), g1 = below32((uint32_t)a, 10000), g2 = below32(b >> 32, 10000);
  uint32_t g3 = below32((uint32_t)b, 10000), g4 = below32(c >> 32, 100);
  /* 10^20, 10^16, 10^12, 10^8 and 10^6 modulo 97; 131400 is DE00 in digits. */
  uint32_t check = 98 - (g0 * 73 + g1 * 62 + g2 * 50 + g3 * 81 + g4 * 27 + 131400 % 97) % 97;
  memcpy(p, "DE", 2);
  copy2(p + 2, check);
  copy4(p + 4, g0);
  copy4(p + 8, g1);
  copy4(p + 12, g2);
  copy4(p + 16, g3);
  copy2(p + 20, g4);
  p[22] = ',';
  return p + 23;
}

/* Two words from one half: the product's low bits are the draw that is left. */
#define TWO_WORDS(first, second, half) do { \
    uint64_t product = (uint64_t)(uint32_t)(half) * N_word; \
    PUT(first, product >> 32); \
    PUT(second, below32((uint32_t)product, N_word)); \
  } while (0)

static uint8_t *generate(uint8_t *p, uint64_t from, uint64_t to) {
  for (uint64_t row = from; row < to; row++) {
    uint64_t at = row * 0x9e3779b97f4a7c15ull;
    uint64_t person = word(K_person + at, 0), place_word = word(K_place + at, 0), email = word(K_email + at, 0);
    uint32_t first = below32(person >> 32, N_first), last = below32((uint32_t)person, N_last);
    uint32_t place = below32(place_word >> 32, N_city);
    p = integer(p, row + 1);
    *p++ = ',';
    p = uuid(p, K_uuid + at);
    PUT(first, first);
    PUT(last, last);
    PUT(first_slug, first);
    PUT(last_slug, last);
    copy2(p, below32(email >> 32, 100));
    p += 2;
    PUT(domain, below32((uint32_t)email, N_domain));
    PUT(phone, place);
    TAIL_phone(p, K_phone + at, tail_of_phone[place]);
    *p++ = ',';
    uint64_t street = word(K_street_address + at, 0);
    p = short_integer(p, 1 + below32(street >> 32, 9999));
    *p++ = ' ';
    PUT(street, below32((uint32_t)street, N_street));
    PUT(city, place);
    PUT(country, place);
    PUT(postcode, place);
    TAIL_postcode(p, K_postcode + at, tail_of_postcode[place]);
    *p++ = ',';
    p = date(p, DAY_1940 + below32(word(K_birth_date + at, 0) >> 32, 24107));
    *p++ = ',';
    p = moment(p, 1420070400000ull + below64(word(K_signup_at + at, 0), 315619199001ull));
    p = balance(p, (uint32_t)(word(K_balance + at, 0) >> 32));
    PUT(active, word(K_is_active + at, 0) >> 40 < 13421773);
    uint32_t share = (uint32_t)(word(K_status + at, 0) >> 32);
    PUT(status, (share >= 3006477107u) + (share >= 3650722201u) + (share >= 4080218931u));
    p = card(p, K_credit_card + at);
    p = iban(p, K_iban + at);
    uint64_t a = word(K_note + at, 0), b = word(K_note + at, 1);
    TWO_WORDS(word_first, word, a >> 32);
    TWO_WORDS(word, word, a);
    TWO_WORDS(word, word, b >> 32);
    TWO_WORDS(word, word_last, b);
  }
  return p;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double cpu_seconds(struct rusage *u) {
  getrusage(RUSAGE_SELF, u);
  return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) + (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) * 1e-6;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  static const char header[] =
      "id,uuid,first_name,last_name,email,phone,street_address,city,country_code,postcode,birth_date,signup_at,balance,"
      "is_active,status,credit_card,iban,note\n";
  uint64_t rows = strtoull(argv[2], NULL, 10), bytes = sizeof header - 1;
  int file = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
  uint8_t *buffer = aligned_alloc(4096, (size_t)BATCH_ROWS * ROW_BYTES);
  struct rusage usage;
  double cpu = cpu_seconds(&usage), start = seconds();
  if (file < 0 || buffer == NULL || write(file, header, bytes) != (ssize_t)bytes) return 1;
  for (uint64_t row = 0; row < rows; row += BATCH_ROWS) {
    uint8_t *end = generate(buffer, row, rows - row < BATCH_ROWS ? rows : row + BATCH_ROWS);
    for (uint8_t *at = buffer; at < end;) {
      ssize_t written = write(file, at, (size_t)(end - at));
      if (written < 0) return 1;
      at += written;
    }
    bytes += (uint64_t)(end - buffer);
  }
  double wall = seconds() - start;
  cpu = cpu_seconds(&usage) - cpu;
#ifdef __APPLE__
  long rss = usage.ru_maxrss;
#else
  long rss = usage.ru_maxrss * 1024;
#endif
  printf("{\"rows\":%llu,\"bytes\":%llu,\"wall\":%.6f,\"cpu\":%.6f,\"rss\":%ld}\n", (unsigned long long)rows,
         (unsigned long long)bytes, wall, cpu, rss);
  return 0;
}
