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
local MAX_SHORT = 2147483647      -- what '%d' can write on every machine

-- Looked up once: this text runs hundreds of thousands of times a second.
local call, pcall, tonumber = redis.call, redis.pcall, tonumber
local find, sub, match, format = string.find, string.sub, string.match, string.format
local floor, ceil, min, max = math.floor, math.ceil, math.min, math.max
local KEYS, ARGV = KEYS, ARGV

-- Lua itself would write a large number as 1.7e+15.
local function text(number)
  return format(number <= MAX_SHORT and '%d' or '%.0f', number)
end

-- Exact below 2^53: the quotient of two such numbers never rounds up to a whole one.
local function divide_rounding_up(dividend, divisor)
  local quotient = floor(dividend / divisor)
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

-- The digits as a number; nil if there are others than digits, none, or too many to be exact.
local function whole_number(digits)
  local number = digits and not find(digits, '%D') and tonumber(digits)
  return number and number <= MAX_EXACT and number or nil
end

local clock = call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
local now_text = clock[1] .. format('%06d', clock[2])

-- The stored level under the parameters of today, brought up to now; .changed if the clock was adopted.
local function refill(bucket, tokens, fraction, last_refill)
  local capacity, refill_period_micros = bucket.kind.capacity, bucket.kind.refill_period_micros
  if tokens >= capacity then tokens, fraction = capacity, 0 end
  if last_refill - now > CLOCK_STEP_MICROS then last_refill, bucket.changed = now, true end
  if now > last_refill then
    -- Where the product is not exact it is above 2^53, and so above all that can be missing.
    local gained_units = (now - last_refill) * bucket.kind.refill_tokens
    if gained_units >= (capacity - tokens) * refill_period_micros - fraction then
      tokens, fraction = capacity, 0
    else
      local units = fraction + gained_units
      local gained = floor(units / refill_period_micros)
      tokens, fraction = tokens + gained, units - gained * refill_period_micros
    end
    last_refill = now
  end
  bucket.tokens, bucket.fraction, bucket.last_refill = tokens, fraction, last_refill
end

-- Each kind with the text that ends the stored fraction of a bucket of this kind.
local kinds = {}
for kind = 1, tonumber(ARGV[1]) do
  kinds[kind] = {
    capacity = tonumber(ARGV[kind * 3 - 1]),
    refill_tokens = tonumber(ARGV[kind * 3]),
    refill_period_micros = tonumber(ARGV[kind * 3 + 1]),
    of_token = '/' .. ARGV[kind * 3 + 1],
  }
end
local argument = #kinds * 3 + 2 -- the next to read

-- The fraction of a token, in units of this kind; nil if it cannot be read.
local function fraction_in_units(kind, stored)
  local of_token = kind.of_token
  if sub(stored, -#of_token) == of_token then -- nearly always: written under the parameters of today
    local fraction = whole_number(sub(stored, 1, -#of_token - 1))
    return fraction and fraction < kind.refill_period_micros and fraction or nil
  end
  local numerator, denominator = match(stored, '^(%d+)/(%d+)$')
  local fraction, unit = whole_number(numerator), whole_number(denominator)
  return fraction and unit and fraction < unit and rescale(fraction, unit, kind.refill_period_micros) or nil
end

local function read(key, kind)
  local bucket = { kind = kind, found = 'good', changed = false, tokens = kind.capacity, fraction = 0, last_refill = now }
  local stored = pcall('HMGET', key, 'tokens', 'last_refill', 'fraction')
  if stored.err then
    if not find(stored.err, 'WRONGTYPE', 1, true) then call('HMGET', key, 'tokens') end -- fails again, for the caller
    bucket.found = 'foreign'
  elseif not (stored[1] or stored[2] or stored[3]) then
    bucket.found = 'new'
  else
    local tokens, last_refill = whole_number(stored[1]), whole_number(stored[2])
    local fraction = stored[3] and fraction_in_units(kind, stored[3])
    if tokens and last_refill and fraction then
      refill(bucket, tokens, fraction, last_refill)
    else
      bucket.found = 'damaged'
    end
  end
  return bucket
end

-- A stored time ahead of the clock must be reached first.
local function micros_until(bucket, tokens)
  local kind = bucket.kind
  local missing = (tokens - bucket.tokens) * kind.refill_period_micros - bucket.fraction
  return divide_rounding_up(missing, kind.refill_tokens) + (bucket.last_refill - now)
end

-- A bucket must never be left without expiry. So before the first write of one, a user who may not set an expiry fails
-- here. Asking is better than trying (Redis 7): after one write of any kind Redis no longer minds maxmemory.
local function check_expiry_allowed(key, expiry)
  if not (redis.acl_check_cmd and redis.acl_check_cmd('PEXPIRE', key, expiry)) then
    call('PEXPIRE', key, expiry)
  end
end

local function write(key, bucket)
  local expiry = text(ceil(micros_until(bucket, bucket.kind.capacity) / 1000) + EXPIRY_MARGIN_MILLIS)
  if bucket.found == 'new' then check_expiry_allowed(key, expiry) end
  call('HSET', key,
    'tokens', text(bucket.tokens),
    'last_refill', bucket.last_refill == now and now_text or text(bucket.last_refill),
    'fraction', text(bucket.fraction) .. bucket.kind.of_token)
  call('PEXPIRE', key, expiry)
end

-- How many of so many times the bucket can pay a cost.
local function affordable(bucket, cost, times)
  if cost * times <= bucket.tokens then return times end
  return floor(bucket.tokens / cost)
end

local function give_back(bucket, cost)
  if bucket.found ~= 'good' or cost == 0 then return end
  bucket.tokens, bucket.changed = bucket.tokens + cost, true
  if bucket.tokens >= bucket.kind.capacity then bucket.tokens, bucket.fraction = bucket.kind.capacity, 0 end
end

local buckets = {}
for position = 1, #KEYS do
  buckets[position] = read(KEYS[position], kinds[tonumber(ARGV[argument])])
  argument = argument + 1
end

local reply, size, arguments = { now }, 1, #ARGV
while argument <= arguments do
  local times = tonumber(ARGV[argument])
  local permitted = max(times, 0)
  local first, last = argument + 2, argument + 1 + tonumber(ARGV[argument + 1]) * 3
  for charge = first, last, 3 do
    local bucket = buckets[tonumber(ARGV[charge])]
    if bucket.found == 'foreign' then
      permitted = 0
    elseif ARGV[charge + 2] == '1' then
      permitted = affordable(bucket, tonumber(ARGV[charge + 1]), permitted)
    end
  end
  for charge = first, last, 3 do
    local bucket, cost = buckets[tonumber(ARGV[charge])], tonumber(ARGV[charge + 1])
    local taken, remaining, next_token, retry_after = -1, 0, 0, 0
    if bucket.found ~= 'foreign' then
      if times < 0 then give_back(bucket, cost) end
      taken = affordable(bucket, cost, permitted)
      if taken * cost > 0 then bucket.tokens, bucket.changed = bucket.tokens - taken * cost, true end
      remaining = bucket.tokens
      if remaining < bucket.kind.capacity then next_token = micros_until(bucket, remaining + 1) end
      if remaining < cost then retry_after = micros_until(bucket, cost) end
    end
    reply[size + 1], reply[size + 2], reply[size + 3], reply[size + 4] = taken, remaining, next_token, retry_after
    size = size + 4
  end
  argument = last + 1
end

for position, bucket in ipairs(buckets) do
  if bucket.changed then write(KEYS[position], bucket) end
  if bucket.found == 'damaged' then
    size = size + 1
    reply[size] = position
  end
end
return reply
