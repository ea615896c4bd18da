-- What happens in the shop all day. Each transaction begins with a line of three dashes that says how often and what.

--- 30: a customer places an order
WITH cart AS (
  SELECT (row_number() OVER ())::smallint AS line, id AS product, price, 1 + (random() * 2)::int AS quantity
  FROM (SELECT id, price FROM stock.products
        WHERE id >= (SELECT 1 + floor(random() * 1990)::int) ORDER BY id
        LIMIT (SELECT 1 + floor(random() * 4)::int)) AS chosen),
placed AS (
  INSERT INTO sales.orders (customer_id, status, total, placed_at)
  SELECT (SELECT 1 + floor(random() * 20000)::int), 'new', sum(price * quantity), now() FROM cart
  RETURNING id),
lines AS (
  INSERT INTO sales.order_items (order_id, line, product_id, quantity, price, discount, gift)
  SELECT placed.id, line, product, quantity, price, 0, random() < 0.1 FROM cart, placed)
UPDATE stock.levels SET reserved = reserved + quantity, updated_at = now()
FROM cart WHERE product_id = product AND warehouse_id = 1;

--- 20: the oldest new order is paid
WITH due AS (
  SELECT id, total FROM sales.orders WHERE status = 'new' ORDER BY id LIMIT 1),
paid AS (
  INSERT INTO sales.payments (order_id, method, amount, fee, authorised_at, reply)
  SELECT id, (enum_range(NULL::sales.payment_method))[1 + floor(random() * 4)::int], total, total * 0.014,
         localtimestamp, jsonb_build_object('code', 0, 'trace', md5(random()::text))
  FROM due)
UPDATE sales.orders SET status = 'paid' FROM due WHERE orders.id = due.id;

--- 15: paid orders leave the house
WITH ready AS (
  SELECT id FROM sales.orders WHERE status = 'paid' ORDER BY id LIMIT 2)
UPDATE sales.orders SET status = 'shipped', shipped_on = current_date FROM ready WHERE orders.id = ready.id;

--- 5: a customer thinks better of it
WITH gone AS (
  SELECT id FROM sales.orders WHERE status = 'new' ORDER BY id DESC LIMIT 1),
lines AS (
  DELETE FROM sales.order_items USING gone WHERE order_id = gone.id)
DELETE FROM sales.orders USING gone WHERE orders.id = gone.id;

--- 30: visitors look around
INSERT INTO public.page_views (customer_id, path, referrer, client, took, agent, seen_at)
SELECT CASE WHEN random() < 0.4 THEN 1 + floor(random() * 20000)::int END,
       '/products/' || (1 + floor(random() * 2000)::int),
       CASE WHEN random() < 0.3 THEN 'https://search.example/?q=' || n END,
       '10.0.0.0'::inet + floor(random() * 16777216)::int,
       make_interval(secs => round((random() * 2)::numeric, 3)::float), decode(md5(random()::text), 'hex'),
       clock_timestamp()
FROM generate_series(1, 3) AS n;

--- 20: old page views are swept out
DELETE FROM public.page_views WHERE id IN (SELECT id FROM public.page_views ORDER BY id LIMIT 4);

--- 15: goods arrive
WITH arrived AS (
  INSERT INTO stock.movements (warehouse_id, product_id, quantity, reason, moved_at)
  SELECT 1 + floor(random() * 6)::int, 1 + floor(random() * 2000)::int, 10 + floor(random() * 90)::int, 'delivery',
         now()
  FROM generate_series(1, 2)
  RETURNING warehouse_id, product_id, quantity)
UPDATE stock.levels AS l SET on_hand = l.on_hand + a.quantity, updated_at = now()
FROM arrived AS a WHERE l.warehouse_id = a.warehouse_id AND l.product_id = a.product_id;

--- 6: a customer changes the profile
UPDATE public.customers
SET newsletter = NOT newsletter, profile = profile || jsonb_build_object('seen', now()), tags = tags[1:2] || 'active'::text
WHERE id = (SELECT 1 + floor(random() * 20000)::int);

--- 4: a few prices move
UPDATE stock.products
SET price = greatest(1, round((price * (0.95 + random() * 0.1)::numeric), 2)), updated_at = clock_timestamp()
WHERE id IN (SELECT 1 + floor(random() * 2000)::int FROM generate_series(1, 4));

--- 1: a picture is turned, but stays the same picture
UPDATE stock.product_images SET alt = 'Turned at ' || now()
WHERE (product_id, position) IN (SELECT product_id, position FROM stock.product_images ORDER BY random() LIMIT 1);
