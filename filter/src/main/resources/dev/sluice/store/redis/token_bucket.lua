-- token_bucket.lua: decides requests on token buckets, exactly, on the clock of Redis.
-- The arithmetic is that of dev.sluice.bucket.TokenBucket, name by name; its package page explains it.
--
-- One call decides a list of requests, in order. A request charges one or more buckets, all or nothing:
-- if an enforced bucket cannot pay, none is charged. A bucket is read once and written once a call.
-- Equal requests, one right after the other, are told once: the first of them are permitted, the rest rejected.
--
-- KEYS  the buckets, each once
-- ARGV  kinds                                 how many kinds of bucket follow, >= 1
--         each kind:     capacity             tokens, 1 to 10^9
--                        refill_tokens        units that a microsecond adds, >= 1
--                        refill_period_micros units that a token is, >= 1; capacity * this <= 2^53
--       for each key:    kind                 position among the kinds, from 1
--       for each request:
--                        times                how many equal ones it stands for, >= 1; or
--                                             0 to look whether it could pay, without taking; or
--                                             -1 to give back what one took before it was rejected elsewhere
--                        charges              how many follow, >= 1, each for another key:
--         each charge:   key                  position in KEYS, from 1
--                        cost                 tokens, 0 to capacity; 0 looks without taking
--                        enforced             1, or 0 to measure only (shadow)
--
-- reply, all integers:   now                  microseconds since 1970
--       for each charge: taken                how often the cost was taken, or -1: the key holds another type
--                        remaining            whole tokens after all of them
--                        next_token_micros    until one token more, 0 if the bucket is full
--                        retry_after_micros   until the cost could be taken again, 0 if at once
--       at the end:      key                  position of each bucket that was damaged, so counted as full
--
-- A request with a key of another type charges nothing; its other charges tell what they hold.
-- What is given back never fills a bucket above its capacity; a bucket that is missing is full.
--
-- Stored, a hash:          tokens                whole tokens
--                          last_refill           microseconds since 1970
--                          fraction              of the next token, "units/units of a token"
-- It expires when the bucket would be full again, which is what a missing bucket is.

local CLOCK_STEP_MICROS = 1000000 -- a larger step back of the clock is believed
local EXPIRY_MARGIN_MILLIS = 10   -- expire a little after full, never before
local MAX_EXACT = 9007199254740992

-- Lua would write a large number as 1.7e+15.
local function text(number)
  return string.format('%.0f', number)
end

-- Exact below 2^53: the quotient of two such numbers never rounds up to a whole one.
local function divide_rounding_up(dividend, divisor)
  local quotient = math.floor(dividend / divisor)
  if quotient * divisor < dividend then quotient = quotient + 1 end
  return quotient
end

-- fraction * to / from, rounded down, bit by bit: the product itself would not fit.
local function rescale(fraction, from, to)
  local quotient, rest, bit = 0, 0, MAX_EXACT
  local function add(summand) -- rest = rest + summand, carried into the quotient, never above 2^53
    if rest >= from - summand then
      quotient, rest = quotient + 1, rest - (from - summand)
    else
      rest = rest + summand
    end
  end
  while bit >= 1 do
    quotient = quotient * 2
    add(rest)
    if to >= bit then
      to = to - bit
      add(fraction)
    end
    bit = bit / 2
  end
  return quotient
end

local function whole_number(value)
  local number = value and string.match(value, '^%d+$') and tonumber(value)
  return number and number <= MAX_EXACT and number
end

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])

-- The stored level under the parameters of today, brought up to now. Sets .stepped if the clock was adopted.
local function refill(bucket, tokens, fraction, last_refill)
  if tokens >= bucket.capacity then tokens, fraction = bucket.capacity, 0 end
  if last_refill - now > CLOCK_STEP_MICROS then last_refill, bucket.stepped = now, true end
  if now > last_refill then
    local missing = (bucket.capacity - tokens) * bucket.refill_period_micros - fraction
    local elapsed = now - last_refill
    if elapsed >= divide_rounding_up(missing, bucket.refill_tokens) then
      tokens, fraction = bucket.capacity, 0
    else
      local units = fraction + elapsed * bucket.refill_tokens
      local gained = math.floor(units / bucket.refill_period_micros)
      tokens, fraction = tokens + gained, units - gained * bucket.refill_period_micros
    end
    last_refill = now
  end
  bucket.tokens, bucket.fraction, bucket.last_refill = tokens, fraction, last_refill
end

local kinds = {}
for kind = 1, tonumber(ARGV[1]) do
  kinds[kind] = {
    capacity = tonumber(ARGV[kind * 3 - 1]),
    refill_tokens = tonumber(ARGV[kind * 3]),
    refill_period_micros = tonumber(ARGV[kind * 3 + 1]),
  }
end
local argument = #kinds * 3 + 2 -- the next to read

local function read(key, kind)
  local bucket = {
    capacity = kind.capacity,
    refill_tokens = kind.refill_tokens,
    refill_period_micros = kind.refill_period_micros,
  }
  local stored = redis.pcall('HMGET', key, 'tokens', 'last_refill', 'fraction')
  if stored.err then
    if string.find(stored.err, 'WRONGTYPE', 1, true) then return { foreign = true } end
    redis.call('HMGET', key, 'tokens') -- fails again, now for the caller
  end
  if not (stored[1] or stored[2] or stored[3]) then
    bucket.new = true
    refill(bucket, bucket.capacity, 0, now)
    return bucket
  end
  local tokens, last_refill = whole_number(stored[1]), whole_number(stored[2])
  local numerator, denominator = string.match(stored[3] or '', '^(%d+)/(%d+)$')
  local fraction, unit = whole_number(numerator), whole_number(denominator)
  if not (tokens and last_refill and fraction and unit and fraction < unit) then
    bucket.damaged = true
    refill(bucket, bucket.capacity, 0, now)
    return bucket
  end
  if unit ~= bucket.refill_period_micros then fraction = rescale(fraction, unit, bucket.refill_period_micros) end
  refill(bucket, tokens, fraction, last_refill)
  return bucket
end

-- A stored time ahead of the clock must be reached first.
local function micros_until(bucket, tokens)
  local missing = (tokens - bucket.tokens) * bucket.refill_period_micros - bucket.fraction
  return divide_rounding_up(missing, bucket.refill_tokens) + (bucket.last_refill - now)
end

-- A bucket must never be left without expiry. So before the first write of one, a user who may not set an expiry fails
-- here. Asking is better than trying (Redis 7): after one write of any kind Redis no longer minds maxmemory.
local function check_expiry_allowed(key, expiry)
  if not (redis.acl_check_cmd and redis.acl_check_cmd('PEXPIRE', key, expiry)) then
    redis.call('PEXPIRE', key, expiry)
  end
end

local function write(key, bucket)
  local expiry = text(math.ceil(micros_until(bucket, bucket.capacity) / 1000) + EXPIRY_MARGIN_MILLIS)
  if bucket.new then check_expiry_allowed(key, expiry) end
  redis.call('HSET', key,
    'tokens', text(bucket.tokens),
    'last_refill', text(bucket.last_refill),
    'fraction', text(bucket.fraction) .. '/' .. text(bucket.refill_period_micros))
  redis.call('PEXPIRE', key, expiry)
end

-- How many of so many times the bucket can pay a cost.
local function affordable(bucket, cost, times)
  if cost == 0 then return times end
  return math.min(times, math.floor(bucket.tokens / cost))
end

local function give_back(bucket, cost)
  if bucket.new or bucket.damaged or cost == 0 then return end
  bucket.tokens, bucket.charged = bucket.tokens + cost, true
  if bucket.tokens >= bucket.capacity then bucket.tokens, bucket.fraction = bucket.capacity, 0 end
end

local buckets = {}
for position = 1, #KEYS do
  buckets[position] = read(KEYS[position], kinds[tonumber(ARGV[argument])])
  argument = argument + 1
end

local reply = { now }
while argument <= #ARGV do
  local times = tonumber(ARGV[argument])
  local permitted = math.max(times, 0)
  local first, last = argument + 2, argument + 1 + tonumber(ARGV[argument + 1]) * 3
  for charge = first, last, 3 do
    local bucket = buckets[tonumber(ARGV[charge])]
    if bucket.foreign then
      permitted = 0
    elseif ARGV[charge + 2] == '1' then
      permitted = affordable(bucket, tonumber(ARGV[charge + 1]), permitted)
    end
  end
  for charge = first, last, 3 do
    local bucket, cost = buckets[tonumber(ARGV[charge])], tonumber(ARGV[charge + 1])
    local taken, remaining, next_token, retry_after = -1, 0, 0, 0
    if not bucket.foreign then
      if times < 0 then give_back(bucket, cost) end
      taken = affordable(bucket, cost, permitted)
      if taken * cost > 0 then bucket.tokens, bucket.charged = bucket.tokens - taken * cost, true end
      remaining = bucket.tokens
      if remaining < bucket.capacity then next_token = micros_until(bucket, remaining + 1) end
      if remaining < cost then retry_after = micros_until(bucket, cost) end
    end
    local size = #reply
    reply[size + 1], reply[size + 2], reply[size + 3], reply[size + 4] = taken, remaining, next_token, retry_after
  end
  argument = last + 1
end

for position, bucket in ipairs(buckets) do
  if bucket.charged or bucket.stepped then write(KEYS[position], bucket) end
  if bucket.damaged then reply[#reply + 1] = position end
end
return reply
